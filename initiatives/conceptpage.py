"""What the page of a term shows: its cases, what each did, and terms beside it."""

from collections import defaultdict
from functools import cached_property

from initiatives import facets
from initiatives.models import Finding, Initiative

RELATED_SHOWN = 12


class ConceptPage:
    """The published evidence on one concept and the terms below it."""

    def __init__(self, concept, codebook):
        self.concept = concept
        self.codebook = codebook
        self.keys = codebook.with_narrower([concept])

    @cached_property
    def initiatives(self):
        """Published cases that have the concept or a narrower term."""
        cases = Initiative.objects.published().with_card_details()
        return list(cases.having_terms(self.concept.scheme_id, self.keys))

    @cached_property
    def findings(self):
        """Published findings coded with it, or whose response used it, case by case."""
        path = "strategies" if self.concept.scheme_id == "strategies" else "concept"
        findings = Finding.objects.published().with_sources()
        return list(
            findings.filter(**{f"{path}__in": self.keys})
            .select_related("concept", "initiative")
            .order_by("initiative__name", "position")
            .distinct()
        )

    @property
    def is_answered(self):
        """Barriers and risks: their findings have a response and a result."""
        return self.concept.scheme_id in ("barriers", "risks")

    @cached_property
    def by_strategy(self):
        """Pairs of strategy and the findings that used it, most used first.

        A response that is an example of two strategies stands under both. Findings
        without a named strategy come last, under None.
        """
        groups = defaultdict(list)
        for finding in self.findings:
            for strategy in finding.strategies.all() or [None]:
                groups[strategy].append(finding)
        return sorted(
            groups.items(),
            key=lambda group: (
                group[0] is None,
                -len(group[1]),
                group[0] and group[0].order,
            ),
        )

    @cached_property
    def results(self):
        """Direction in words → number of findings, in the order of the choices."""
        counts = dict.fromkeys(Finding.Direction.labels, 0)
        for finding in self.findings:
            counts[finding.get_direction_display()] += 1
        return {label: n for label, n in counts.items() if n}

    @property
    def broader(self):
        return self.codebook.concepts.get(self.concept.broader_id)

    @cached_property
    def _cases(self):
        public = Initiative.objects.published()
        return facets.cases_by_concept(public, self.codebook)

    @property
    def narrower(self):
        """Pairs of narrower term and number of cases."""
        return [
            (concept, len(self._cases[concept.pk]))
            for concept in self.codebook.concepts.values()
            if concept.broader_id == self.concept.pk
        ]

    @cached_property
    def related(self):
        """Pairs of another term and the number of these cases that have it too."""
        mine = {case.pk for case in self.initiatives}
        near = {*self.keys, *self.codebook.with_broader(self.concept.pk)}
        shared = [
            (concept, len(mine & self._cases[concept.pk]))
            for concept in self.codebook.concepts.values()
            if concept.pk not in near
            and not concept.is_heading
            and concept.scheme_id not in ("service-areas", "modes")
        ]
        shared = [pair for pair in shared if pair[1] > 1]
        return sorted(shared, key=lambda pair: -pair[1])[:RELATED_SHOWN]

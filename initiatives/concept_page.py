"""What the page of a term shows: its cases, what each did, and terms beside it."""

from collections import defaultdict
from functools import cached_property
from itertools import chain

from django.db.models import Count

from casebase.facets.snapshot_cache import current_snapshot
from initiatives.facets import case_index
from initiatives.models import Finding, Initiative

# However many there are, a page shows so many; the list of cases has them all.
CASES_SHOWN = 30
RELATED_SHOWN = 12


class ConceptPage:
    """The published evidence on one concept and the terms below it."""

    def __init__(self, concept, codebook):
        self.concept = concept
        self.codebook = codebook
        self.keys = codebook.with_narrower([concept])
        self.cases = case_index(current_snapshot())
        self.found = self.cases.facets["term"].any([concept.pk])

    @property
    def n_cases(self):
        """How many published cases have the concept or a narrower term."""
        return len(self.found)

    @cached_property
    def initiatives(self):
        """The first of these cases, by name."""
        shown = self.cases.page(self.found, "name", 0, CASES_SHOWN)
        cases = Initiative.objects.published().with_card_details().in_bulk(shown)
        return [cases[key] for key in shown if key in cases]

    @property
    def _findings(self):
        """Published findings coded with it, or whose response used it."""
        path = "strategies" if self.concept.scheme_id == "strategies" else "concept"
        return Finding.objects.published().filter(**{f"{path}__in": self.keys})

    @cached_property
    def findings(self):
        """What these cases say of it, case by case."""
        cases = {case.pk: case for case in self.initiatives}
        found = self._findings.filter(initiative__in=cases).with_sources()
        of_case = {key: [] for key in cases}
        for finding in found.order_by("position", "pk").distinct():
            finding.initiative = cases[finding.initiative_id]
            of_case[finding.initiative_id].append(finding)
        return list(chain.from_iterable(of_case.values()))

    @property
    def sources(self):
        """Of the definition and of each finding. No query beyond theirs."""
        shown = (finding.sources.all() for finding in self.findings)
        return [*self.concept.sources.all(), *chain.from_iterable(shown)]

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
        """Direction in words → number of findings in all cases, in order of choices."""
        counted = self._findings.order_by().values_list("direction")
        counts = dict(counted.annotate(n=Count("pk", distinct=True)))
        choices = Finding.Direction.choices
        return {label: counts[name] for name, label in choices if name in counts}

    @property
    def broader(self):
        return self.codebook.concepts.get(self.concept.broader_id)

    @property
    def narrower(self):
        """Pairs of narrower term and number of cases."""
        counts = self._counts(self.cases.everything)
        return [
            (concept, counts.get(concept.pk, 0))
            for concept in self.codebook.concepts.values()
            if concept.broader_id == self.concept.pk
        ]

    @cached_property
    def related(self):
        """Pairs of another term and the number of these cases that have it too."""
        counts = self._counts(self.found)
        near = {*self.keys, *self.codebook.with_broader(self.concept.pk)}
        shared = [
            (concept, n)
            for concept in self.codebook.concepts.values()
            if (n := counts.get(concept.pk, 0)) > 1
            and concept.pk not in near
            and not concept.is_heading
            and concept.scheme_id not in ("service-areas", "modes")
        ]
        return sorted(shared, key=lambda pair: -pair[1])[:RELATED_SHOWN]

    def _counts(self, cases):
        return self.cases.facets["term"].counts(cases)

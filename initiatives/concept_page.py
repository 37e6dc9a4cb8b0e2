"""The content of the page of a term: its cases, their findings, and related terms."""

from collections import defaultdict
from functools import cached_property
from itertools import chain

from django.db.models import Count

from casebase.facets.snapshot_cache import current_snapshot
from initiatives.facets import case_index
from initiatives.locators import locate_cases
from initiatives.models import Finding, Initiative

# The page shows no more than this; the list of cases has all of them.
MAX_CASES_SHOWN = 30
MAX_RELATED_SHOWN = 12


class ConceptPage:
    """The published evidence on a concept and its narrower terms.

    ``keys`` are the primary keys of these terms, ``found`` those of the cases that have
    one of them.
    """

    def __init__(self, concept, codebook):
        self.concept = concept
        self.codebook = codebook
        self.keys = codebook.with_narrower([concept])
        self.snapshot = current_snapshot()
        self.cases = case_index(self.snapshot)
        self.found = self.cases.facets["term"].any([concept.pk])

    @property
    def n_cases(self):
        """The number of published cases that have the concept or a narrower term."""
        return len(self.found)

    @cached_property
    def locator(self):
        """A small map with all of these cases, or None if none of them has a point."""
        return locate_cases(self.snapshot, self.found)

    @property
    def locator_title(self):
        """“Where its 9 cases are”, or how many of them if some have no point."""
        shown, total = self.locator.n, self.n_cases
        if total == 1:
            return "Where its case is"
        of = "its" if shown == total else f"{shown:,} of its"
        return f"Where {of} {total:,} cases are"

    @cached_property
    def initiatives(self):
        """The first MAX_CASES_SHOWN of these cases, by name."""
        shown = self.cases.page(self.found, "name", 0, MAX_CASES_SHOWN)
        cases = Initiative.objects.published().with_card_details().in_bulk(shown)
        return [cases[key] for key in shown if key in cases]

    @property
    def _findings(self):
        """Published findings that are coded with it, or whose response used it."""
        path = "strategies" if self.concept.scheme_id == "strategies" else "concept"
        return Finding.objects.published().filter(**{f"{path}__in": self.keys})

    @cached_property
    def findings(self):
        """The findings of the shown cases on it, case by case."""
        cases = {case.pk: case for case in self.initiatives}
        found = self._findings.filter(initiative__in=cases).with_sources()
        of_case: dict[int, list[Finding]] = {key: [] for key in cases}
        for finding in found.order_by("position", "pk").distinct():
            finding.initiative = cases[finding.initiative_id]
            of_case[finding.initiative_id].append(finding)
        return list(chain.from_iterable(of_case.values()))

    @property
    def sources(self):
        """The sources of the definition and of the findings, from prefetched lists."""
        cited = (finding.sources.all() for finding in self.findings)
        return [*self.concept.sources.all(), *chain.from_iterable(cited)]

    @property
    def is_answered(self):
        """Whether findings on it have a response and a result: barriers and risks."""
        return self.concept.scheme_id in ("barriers", "risks")

    @cached_property
    def by_strategy(self):
        """Pairs of a strategy and the findings that used it, most used first.

        A response that is an example of two strategies is listed under both. Findings
        without a strategy come last, under None.
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
        """Label of a direction → number of findings in all cases, in a fixed order."""
        counted = self._findings.order_by().values_list("direction")
        counts = dict(counted.annotate(n=Count("pk", distinct=True)))
        choices = Finding.Direction.choices
        return {label: counts[name] for name, label in choices if name in counts}

    @property
    def broader(self):
        return self.codebook.concepts.get(self.concept.broader_id)

    @property
    def narrower(self):
        """Pairs of a narrower term and its number of cases."""
        counts = self._counts(self.cases.all_keys)
        return [
            (concept, counts.get(concept.pk, 0))
            for concept in self.codebook.concepts.values()
            if concept.broader_id == self.concept.pk
        ]

    @cached_property
    def related(self):
        """Pairs of another term and the number of cases that have both, largest first.

        Only terms that at least two of the cases have.
        """
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
        return sorted(shared, key=lambda pair: -pair[1])[:MAX_RELATED_SHOWN]

    def _counts(self, cases):
        return self.cases.facets["term"].counts(cases)

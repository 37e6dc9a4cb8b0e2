"""What an address of the list of works says of the cases that cite them."""

from functools import cached_property

from django.http import QueryDict

from casebase.lists.facet_choices import Chip
from casebase.lists.filters import FacetFilter, NamedFilter, SortFilter
from initiatives.cited_works import cited_work_index, citing_cases, works_behind
from initiatives.filters import AMONG_WORKS, InitiativeFilter
from initiatives.models import Finding, Initiative
from references.filters import SORTS, ReferenceFilter

# How many cases a facet offers; others are reached from a work's page.
CASES_SHOWN = 30
# How many cases stand beside a work in the list.
CITING_SHOWN = 3


def query_of_cases(query):
    """The part of a query that chooses cases, as the list of cases would have it."""
    cases = QueryDict(mutable=True)
    for name in InitiativeFilter.base_filters.keys() - {"page", "sort"}:
        called = AMONG_WORKS.get(name, name)
        if called in query:
            cases.setlist(name, query.getlist(called))
    return cases


class CitedWorkFilter(ReferenceFilter):
    """The filter form of the list of works, with the cases that cite them.

    Any filter of the list of cases may stand in the address too: then the works are
    those that public statements of these cases rest on.
    """

    wordings = ReferenceFilter.wordings | {
        "cited": "cited by {}",
        "kind": "cited for {}",
    }
    lowered_facets = ReferenceFilter.lowered_facets | {"kind"}

    cited = NamedFilter(
        facet="cited",
        records=Initiative.objects.published,
        shown=CASES_SHOWN,
        label="Cited by",
        error_messages={"invalid_choice": "There is no case “%(value)s”."},
    )
    kind = FacetFilter(
        facet="kind",
        label="Cited for",
        choices=Finding.Kind.choices,
        error_messages={"invalid_choice": "“%(value)s” is no kind of finding."},
    )
    sort = SortFilter(SORTS | {"cited": "Most cited"})

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        cases = Initiative.objects.published()
        chosen = query_of_cases(self.data)
        self.cases = InitiativeFilter(chosen, cases, snapshot=self.snapshot)

    @cached_property
    def index(self):
        if self.cases.chosen:
            return works_behind(self.snapshot, self.cases.found)
        return cited_work_index(self.snapshot)

    def is_valid(self):
        return super().is_valid() and self.cases.is_valid()

    @property
    def refusals(self):
        return super().refusals + self.cases.refusals

    @property
    def unknown(self):
        of_cases = {AMONG_WORKS.get(name, name) for name in self.cases.data}
        return [name for name in super().unknown if name not in of_cases]

    @cached_property
    def chips(self):
        of_cases = [
            Chip(
                called,
                self.cases.called(name, label),
                self.query_without(called, value),
            )
            for name in self.cases.chosen
            for value, label in self.cases.labels(name).items()
            if (called := AMONG_WORKS.get(name, name))
        ]
        return of_cases + super().chips

    @cached_property
    def current_page(self):
        page = super().current_page
        self._name_cases(page.object_list)
        return page

    def _name_cases(self, works):
        """Set ``citing`` on works: pairs of one of the chosen cases and its number of
        findings that rest on the work; and ``n_more``, how many more cite it."""
        for work in works:
            n, work.citing = citing_cases(
                self.snapshot, work.pk, self.cases.found, CITING_SHOWN
            )
            work.n_more = n - len(work.citing)
        keys = {key for work in works for key in work.citing}
        named = Initiative.objects.published().in_bulk(keys)
        for work in works:
            counts = work.citing.items()
            work.citing = [(named[key], n) for key, n in counts if key in named]

    @property
    def source_pieces(self):
        return [(" behind ", False), *self.cases.pieces] if self.cases.chosen else []

    @property
    def case_parameters(self):
        """Pairs of parameter and value that choose cases."""
        return [
            (AMONG_WORKS.get(name, name), value)
            for name, value in self.cases.parameters
        ]

    @property
    def carried(self):
        return self.case_parameters + super().carried

    @property
    def parameters(self):
        return self.case_parameters + super().parameters

"""The filter form of the list of works, with the cases that cite them."""

from functools import cached_property

from django.http import QueryDict

from casebase.lists.facet_choices import Chip
from casebase.lists.filters import FacetFilter, RecordFacetFilter, SortFilter
from initiatives.cited_works import (
    cited_work_index,
    citing_cases,
    index_of_works_cited_by,
)
from initiatives.filters import WORK_LIST_PARAMETERS, InitiativeFilter
from initiatives.models import Finding, Initiative
from references.filters import SORTS, ReferenceFilter

# The number of cases that the facet lists; the page of a work links to all of them.
MAX_CASES_SHOWN = 30
# The number of citing cases that the list names for each work.
MAX_CITING_SHOWN = 3


def case_query(query):
    """Return the part of a query that filters cases, for the list of cases."""
    cases = QueryDict(mutable=True)
    for name in InitiativeFilter.base_filters.keys() - {"page", "sort"}:
        parameter = WORK_LIST_PARAMETERS.get(name, name)
        if parameter in query:
            cases.setlist(name, query.getlist(parameter))
    return cases


class CitedWorkFilter(ReferenceFilter):
    """The filter form of the list of works, which also takes the filters of cases.

    If it has filters of cases, the list has the works that public statements of these
    cases rest on.
    """

    wordings = ReferenceFilter.wordings | {
        "cited": "cited by {}",
        "kind": "cited for {}",
    }
    lowered_facets = ReferenceFilter.lowered_facets | {"kind"}

    cited = RecordFacetFilter(
        facet="cited",
        records=Initiative.objects.published,
        max_options=MAX_CASES_SHOWN,
        label="Cited by",
        error_messages={"invalid_choice": "There is no case “%(value)s”."},
    )
    kind = FacetFilter(
        facet="kind",
        label="Cited for",
        choices=Finding.Kind.choices,
        error_messages={"invalid_choice": "“%(value)s” is not a kind of finding."},
    )
    sort = SortFilter(SORTS | {"cited": "Most cited"})

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        cases = Initiative.objects.published()
        chosen = case_query(self.data)
        self.cases = InitiativeFilter(chosen, cases, snapshot=self.snapshot)

    @cached_property
    def index(self):
        if self.cases.chosen:
            return index_of_works_cited_by(self.snapshot, self.cases.matching_keys)
        return cited_work_index(self.snapshot)

    def is_valid(self):
        return super().is_valid() and self.cases.is_valid()

    @property
    def validation_errors(self):
        return super().validation_errors + self.cases.validation_errors

    @property
    def unknown_parameters(self):
        known = {WORK_LIST_PARAMETERS.get(name, name) for name in self.cases.data}
        return [name for name in super().unknown_parameters if name not in known]

    @cached_property
    def chips(self):
        case_chips = [
            Chip(
                parameter,
                self.cases.choice_label(name, label),
                self.query_without(parameter, value),
            )
            for name in self.cases.chosen
            for value, label in self.cases.value_labels(name).items()
            if (parameter := WORK_LIST_PARAMETERS.get(name, name))
        ]
        return case_chips + super().chips

    @cached_property
    def current_page(self):
        page = super().current_page
        self._attach_citing_cases(page.object_list)
        return page

    def _attach_citing_cases(self, works):
        """Set ``citing`` and ``n_more`` on each work.

        ``citing`` has pairs of a case and the number of its findings that rest on the
        work, ``n_more`` is the number of further cases that cite it.
        """
        for work in works:
            n, work.citing = citing_cases(
                self.snapshot, work.pk, self.cases.matching_keys, MAX_CITING_SHOWN
            )
            work.n_more = n - len(work.citing)
        keys = {key for work in works for key in work.citing}
        named = Initiative.objects.published().in_bulk(keys)
        for work in works:
            counts = work.citing.items()
            work.citing = [(named[key], n) for key, n in counts if key in named]

    @property
    def source_parts(self):
        parts = [(" behind ", False), *self.cases.sentence_parts]
        return parts if self.cases.chosen else []

    @property
    def case_parameters(self):
        """Pairs of parameter and value that filter cases."""
        return [
            (WORK_LIST_PARAMETERS.get(name, name), value)
            for name, value in self.cases.parameters
        ]

    @property
    def hidden_parameters(self):
        return self.case_parameters + super().hidden_parameters

    @property
    def parameters(self):
        return self.case_parameters + super().parameters

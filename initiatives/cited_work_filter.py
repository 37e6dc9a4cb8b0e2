"""The filter form of the list of works, with the cases and findings that cite them."""

from functools import cached_property

from casebase.lists.filters import FacetFilter, RecordFacetFilter, SortFilter
from casebase.lists.nesting import NestedList, NestingList, nested_query
from initiatives.cited_works import (
    cited_work_index,
    index_of_works_cited_by,
)
from initiatives.filters import CASE_PARAMETERS, InitiativeFilter
from initiatives.findings.filters import FINDING_PARAMETERS, StatementFilter
from initiatives.findings.index import index_of_works_behind
from initiatives.models import Finding, Initiative
from references.filters import SORTS, ReferenceFilter

# The number of cases that the facet lists; the page of a work links to all of them.
MAX_CASES_SHOWN = 30
# The number of citing cases that the list names for each work.
MAX_CITING_SHOWN = 3


class CitedWorkFilter(NestingList, ReferenceFilter):
    """The filter form of works, which also takes those of cases and of findings.

    If it has such filters, the list has the works that public statements of these
    cases, or these statements, rest on.
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
        self.cases = InitiativeFilter(
            nested_query(self.data, CASE_PARAMETERS),
            Initiative.objects.published(),
            self.snapshot,
        )
        self.findings = StatementFilter(
            nested_query(self.data, FINDING_PARAMETERS),
            Finding.objects.published().statements(),
            self.snapshot,
            self.cases,
        )
        self.nested = [
            NestedList(self.cases, CASE_PARAMETERS),
            NestedList(self.findings, FINDING_PARAMETERS),
        ]

    @cached_property
    def index(self):
        if self.findings.chosen:
            return index_of_works_behind(self.snapshot, self.findings.matching_keys)
        if self.cases.chosen:
            return index_of_works_cited_by(self.snapshot, self.cases.matching_keys)
        return cited_work_index(self.snapshot)

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
        citations, among = self.index.facets["cited"], self.cases.matching_keys
        for work in works:
            n, work.citing = citations.top_owners(work.pk, among, MAX_CITING_SHOWN)
            work.n_more = n - len(work.citing)
        keys = {key for work in works for key in work.citing}
        named = Initiative.objects.published().in_bulk(keys)
        for work in works:
            counts = work.citing.items()
            work.citing = [(named[key], n) for key, n in counts if key in named]

    @property
    def source_parts(self):
        for nested in (self.findings, self.cases):
            if nested.chosen:
                return [(" behind ", False), *nested.sentence_parts]
        return []

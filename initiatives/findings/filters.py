"""The filter forms of the list of findings: by their own values, and by their cases."""

from dataclasses import replace
from functools import cached_property
from urllib.parse import urlencode

from django.utils.text import capfirst

from casebase.fixed_addresses import fixed_address
from casebase.lists.filters import (
    FacetFilter,
    SortFilter,
    YearFilter,
    add_require_all_filters,
)
from casebase.lists.nesting import (
    NestedList,
    NestingList,
    nested_parameters,
    nested_query,
)
from casebase.search import queries
from casebase.search.searchable_list import SearchedList, WordsFilter
from initiatives.case_page import KIND_TITLES
from initiatives.evidence_grade.rules import Level
from initiatives.filters import CASE_PARAMETERS as CASE_PARAMETERS_OF_WORKS
from initiatives.filters import InitiativeFilter
from initiatives.findings.cases import SHOWN_FACETS, CasesOfFindings
from initiatives.findings.formats import FORMATS
from initiatives.findings.index import finding_index
from initiatives.models import Finding, Initiative
from initiatives.schemes import CODED_SCHEMES, SCHEMES
from initiatives.term_filters import CodedFilterSet, TermFilter

SORTS = {
    "name": "Case",
    "year": "Year, newest first",
    "sources": "Most sources",
    "updated": "Recently updated",
}
# The texts of a finding that the list shows, and in which it marks words.
MARKED_TEXTS = ("statement", "response")
# The schemes of the terms of findings: of each kind, and of the response.
OWN_SCHEMES = [
    words
    for words in SCHEMES.values()
    if words.parameter == "strategy"
    or (words.parameter in CODED_SCHEMES and words.parameter in KIND_TITLES)
]
WORDINGS = {words.parameter: f"on the {words.singular} {{}}" for words in OWN_SCHEMES}
WORDINGS |= {
    "q": "with the words “{}”",
    "kind": "on {}",
    "strategy": "met with the strategy {}",
    "direction": "with the result {}",
    "basis": "{}",
    "figure": "{}",
    "locator": "{}",
    "single-work": "{}",
    "second-hand": "{}",
    "disputed": "{}",
    "grade": "{}",
    "response": "{}",
    "from": "of {} or later",
    "to": "of {} or earlier",
}


def build_term_filter(words):
    """A finding has one term at most, but its response may have several strategies."""
    return TermFilter(words, can_require_all=words.parameter == "strategy")


class SwitchFilter(FacetFilter):
    """A facet whose only value is “1”: findings that have something."""

    def __init__(self, name, label, choice):
        words = f"Only “{name}=1” has a meaning, not “%(value)s”."
        super().__init__(
            facet=name,
            field_name=name,
            can_require_all=False,
            label=label,
            choices=[("1", choice)],
            error_messages={"invalid_choice": words},
        )


class StatementFilter(CodedFilterSet, SearchedList):
    """The filter form of findings by their own values.

    ``cases`` is a filter form of cases: if it is used, only their findings are listed.
    """

    nouns = ("finding", "findings")
    wordings = WORDINGS
    lowered_facets = frozenset(
        {
            *("kind", "direction", "basis", "grade", "response"),
            *("figure", "locator", "single-work", "second-hand", "disputed"),
        }
    )

    q = WordsFilter("finding")
    kind = FacetFilter(
        facet="kind",
        can_require_all=False,
        label="About",
        choices=list(KIND_TITLES.items()),
        error_messages={"invalid_choice": "“%(value)s” is not a kind of finding."},
    )
    direction = FacetFilter(
        facet="direction",
        can_require_all=False,
        label="Result",
        choices=Finding.Direction.choices,
        error_messages={"invalid_choice": "“%(value)s” is not a result."},
    )
    basis = FacetFilter(
        facet="basis",
        can_require_all=False,
        label="Basis",
        choices=[("stated", "Stated by the source"), ("coded", "Coded by us")],
        error_messages={"invalid_choice": "“%(value)s” is not a basis."},
    )
    grade = FacetFilter(
        facet="grade",
        can_require_all=False,
        label="Evidence grade",
        choices=[(level.slug, level.label) for level in reversed(Level)],
        error_messages={"invalid_choice": "“%(value)s” is not an evidence grade."},
    )
    response = FacetFilter(
        facet="response",
        can_require_all=False,
        label="Response",
        choices=[("1", "With a response"), ("0", "Without a response")],
        error_messages={
            "invalid_choice": "Only “response=1” and “response=0” have a meaning, not "
            "“%(value)s”."
        },
    )
    figure = SwitchFilter("figure", "Figure", "With a figure")
    locator = SwitchFilter("locator", "Page or section", "With a page or section")
    to = YearFilter("About years up to", is_first=False)
    sort = SortFilter(SORTS)

    class Meta:
        model = Finding
        fields = ()

    def __init__(self, data, records, snapshot=None, cases=None):
        super().__init__(data, records, snapshot)
        self.cases = cases

    @classmethod
    def get_filters(cls):
        own = super().get_filters()
        # In the form, terms come after the kind.
        first = {name: own.pop(name) for name in ("q", "kind")}
        last = {name: own.pop(name) for name in ("to", "sort", "page")}
        terms = {words.parameter: build_term_filter(words) for words in OWN_SCHEMES}
        single = SwitchFilter("single-work", "Works", "Resting on a single work")
        second_hand = SwitchFilter(
            "second-hand", "Reading", "Known only from summaries and reports"
        )
        disputed = SwitchFilter("disputed", "Agreement", "On which sources disagree")
        last |= {"from": YearFilter("About years since", is_first=True)}
        sources = {"single-work": single, "second-hand": second_hand}
        filters = first | terms | own | sources | {"disputed": disputed} | last
        return add_require_all_filters(filters)

    @property
    def full_index(self):
        return finding_index(self.snapshot)

    @cached_property
    def index(self):
        if not self.cases or not self.cases.chosen:
            return self.full_index
        of_cases = self.full_index.groups.of_owners(self.cases.matching_keys)
        return replace(self.full_index, all_keys=of_cases)

    @property
    def source_parts(self):
        """“ of 3 cases in Germany”, if filters of cases are in use."""
        if not self.cases or not self.cases.chosen:
            return []
        return [(" of ", False), *self.cases.sentence_parts]

    @cached_property
    def current_page(self):
        """The page asked for. If there are words, they are marked where they stand."""
        page = super().current_page
        if self.words:
            for finding in page.object_list:
                self._mark_words(finding)
        return page

    def _mark_words(self, finding):
        """Set ``marked``, and keep the snippets of texts that the list does not show.

        ``marked`` maps “statement” and “response” to pieces of the text.
        """
        finding.marked = {
            name: queries.marked(
                "finding", capfirst(getattr(finding, name)), self.words
            )
            for name in MARKED_TEXTS
        }
        labels = {name.capitalize() for name in MARKED_TEXTS}
        snippets = (s for s in finding.snippets if s.label not in labels)
        finding.snippets = list(snippets)

    @cached_property
    def counts_by_case(self):
        """The number of findings of each case that meet these filters, as Weights."""
        matching = self.full_index.matching(self._sets.values())
        return self.full_index.groups.count_by_owner(matching)


OWN_FILTERS = list(StatementFilter.base_filters)
# Filter of cases → its parameter here, and filter of findings → in the list of works.
CASE_PARAMETERS = nested_parameters(InitiativeFilter.base_filters, OWN_FILTERS, "case-")
FINDING_PARAMETERS = nested_parameters(OWN_FILTERS, OWN_FILTERS, "finding-")


class FindingFilter(NestingList, StatementFilter):
    """The filter form of the list of findings, which also takes the filters of cases.

    If it has filters of cases, the list has the findings of these cases.
    """

    def __init__(self, data, records, snapshot=None):
        super().__init__(data, records, snapshot)
        self.cases = CasesOfFindings(
            nested_query(self.data, CASE_PARAMETERS),
            Initiative.objects.published(),
            self.snapshot,
            lambda: self.counts_by_case,
        )
        self.nested = [NestedList(self.cases, CASE_PARAMETERS)]

    @cached_property
    def facets(self):
        return super().facets + self.cases.facets

    @property
    def hidden_parameters(self):
        """The parameters of cases that no facet of the form shows."""
        shown = {*SHOWN_FACETS, *(f"{name}-all" for name in SHOWN_FACETS)}
        return [pair for pair in super().hidden_parameters if pair[0] not in shown]

    @property
    def works_query(self):
        """The query with which the list of works shows the works behind these."""
        chosen = [
            (FINDING_PARAMETERS[name], value)
            for name, value in super(NestingList, self).parameters
            if name in FINDING_PARAMETERS
        ]
        chosen += [
            (CASE_PARAMETERS_OF_WORKS[name], value)
            for name, value in self.cases.parameters
        ]
        return f"?{urlencode(chosen)}" if chosen else ""

    @property
    def downloads(self):
        """Pairs of a format’s label and the address of the export in it."""
        return [
            (file_format.label, fixed_address("findings:export", name) + self.query)
            for name, file_format in FORMATS.items()
        ]

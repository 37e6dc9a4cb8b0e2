"""The filter form of the list of initiatives: its filters, facets and sentence."""

from functools import cached_property
from urllib.parse import urlencode

from taggit.models import Tag

from casebase.fixed_addresses import fixed_address
from casebase.lists.filters import (
    FacetFilter,
    RecordFacetFilter,
    SortFilter,
    YearFilter,
    add_require_all_filters,
)
from casebase.lists.nesting import nested_parameters
from casebase.search.searchable_list import SearchedList, WordsFilter
from initiatives.facets import case_index
from initiatives.formats import FORMATS
from initiatives.models import Finding, Initiative, country_names
from initiatives.schemes import SCHEMES
from initiatives.term_filters import CodedFilterSet, TermFilter

SORTS = {
    "name": "Name",
    "year": "Year begun, newest first",
    "country": "Country",
    "findings": "Most findings",
    "updated": "Recently updated",
}
MAX_TAGS_SHOWN = 40
WORDINGS = {words.parameter: words.phrase for words in SCHEMES.values()} | {
    "q": "with the words “{}”",
    "country": "in {}",
    "settlement": "in a {}",
    "reach": "of {} reach",
    "tag": "tagged {}",
    "from": "begun in {} or later",
    "to": "begun in {} or earlier",
}


class InitiativeFilter(CodedFilterSet, SearchedList):
    """The filter form of the list of initiatives.

    An initiative has to match every facet in use: one of its chosen values, or all of
    them if the parameter ``<facet>-all`` is set.
    """

    nouns = ("case", "cases")
    wordings = WORDINGS
    lowered_facets = frozenset({"settlement", "reach"})

    q = WordsFilter("initiative")
    country = FacetFilter(
        facet="country",
        can_require_all=False,
        label="Country",
        choices=country_names,
        error_messages={"invalid_choice": "“%(value)s” is not a country code."},
    )
    settlement = FacetFilter(
        facet="settlement",
        can_require_all=False,
        label="Settlement",
        choices=Initiative.Settlement.choices,
        error_messages={"invalid_choice": "“%(value)s” is not a kind of settlement."},
    )
    reach = FacetFilter(
        facet="reach",
        can_require_all=False,
        label="Reach",
        choices=Initiative.Reach.choices,
        error_messages={"invalid_choice": "“%(value)s” is not a reach."},
    )
    tag = RecordFacetFilter(
        facet="tag",
        records=Tag.objects.all,
        max_options=MAX_TAGS_SHOWN,
        label="Tag",
        error_messages={"invalid_choice": "There is no tag “%(value)s”."},
    )
    to = YearFilter("Begun up to", is_first=False)
    sort = SortFilter(SORTS)

    class Meta:
        model = Initiative
        fields = ()

    @classmethod
    def get_filters(cls):
        terms = {words.parameter: TermFilter(words) for words in SCHEMES.values()}
        since = YearFilter("Begun since", is_first=True)
        return add_require_all_filters(terms | super().get_filters() | {"from": since})

    @property
    def index(self):
        return case_index(self.snapshot)

    @property
    def works_query(self):
        """The query with which the list of works shows the works behind these cases."""
        chosen = [
            (CASE_PARAMETERS[name], value)
            for name, value in self.parameters
            if name in CASE_PARAMETERS
        ]
        return f"?{urlencode(chosen)}" if chosen else ""

    @property
    def downloads(self):
        """Pairs of a format’s label and the address of the export in it."""
        return [
            (file_format.label, fixed_address("initiatives:export", name) + self.query)
            for name, file_format in FORMATS.items()
        ]

    @cached_property
    def current_page(self):
        page = super().current_page
        self._attach_reasons({case.pk: case for case in page.object_list})
        return page

    def _attach_reasons(self, cases):
        """Set ``reasons`` on the cases: findings with the chosen terms. One query."""
        chosen = [f.terms(self.chosen.get(f.field_name, [])) for f in self.term_filters]
        keys = self.codebook.with_narrower(term for terms in chosen for term in terms)
        for case in cases.values():
            case.reasons = []
        if not keys:
            return
        for finding in Finding.objects.published().on_terms(keys, cases):
            finding.initiative = cases[finding.initiative_id]
            finding.initiative.reasons.append(finding)


# Filter of cases → its parameter in the list of works, which has some of these names.
CASE_PARAMETERS = nested_parameters(
    InitiativeFilter.base_filters, ("q", "from", "to"), "case-"
)

"""The filter form of the list of initiatives: its filters, facets and sentence."""

from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse
from taggit.models import Tag

from casebase.lists.facet_choices import Option
from casebase.lists.filters import (
    FacetFilter,
    RecordFacetFilter,
    SortFilter,
    YearFilter,
    add_require_all_filters,
)
from casebase.lists.filterset import ListFilterSet
from casebase.search.searchable_list import SearchedList, WordsFilter
from initiatives.codebook import Codebook
from initiatives.facets import case_index
from initiatives.formats import FORMATS
from initiatives.models import Finding, Initiative, country_names
from initiatives.schemes import SCHEMES

# Countries whose names need an article in a sentence: “in the Netherlands”.
WITH_ARTICLE = {
    "Bahamas",
    "Central African Republic",
    "Comoros",
    "Dominican Republic",
    "Gambia",
    "Maldives",
    "Netherlands",
    "Philippines",
    "Seychelles",
    "United Arab Emirates",
    "United Kingdom",
    "United States",
}
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
# Filter of cases → its parameter in the list of works, which has filters of that name.
WORK_LIST_PARAMETERS = {"q": "case-q", "from": "case-from", "to": "case-to"}


class TermFilter(FacetFilter):
    """Filters initiatives by terms of one scheme and their narrower terms."""

    def __init__(self, words):
        self.words, self.family = words, words.family
        message = f"“%(value)s” is not a {words.singular} of the codebook."
        super().__init__(
            facet="term",
            field_name=words.parameter,
            label=words.title,
            error_messages={"invalid_choice": message},
        )

    def set_choices(self):
        slugs = self.parent.codebook.slugs(self.words.slug)
        self.extra["choices"] = [(slug, slug) for slug in slugs]

    def terms(self, slugs):
        return self.parent.codebook.find(self.words.slug, slugs)

    def index_values(self, chosen):
        return [term.pk for term in self.terms(chosen)]

    def options(self, among, chosen):
        """Return all terms of the scheme as options, also those without cases."""
        shared = among is self.parent.matching_keys
        counts = self.parent.term_counts if shared else self.values.counts(among)
        terms = self.terms(chosen)
        return [
            Option(c.slug, c.label, counts.get(c.pk, 0), c in terms, depth)
            for depth, c in self.parent.codebook.tree(self.words.slug)
        ]


class CodedFilterSet(ListFilterSet):
    """The base of filter forms with TermFilters."""

    @cached_property
    def codebook(self):
        return Codebook.for_snapshot(self.snapshot)

    @property
    def term_filters(self):
        return [f for f in self.filters.values() if isinstance(f, TermFilter)]

    @cached_property
    def term_counts(self):
        """Primary key of a term → number of cases, for facets without a choice."""
        return self.index.facets["term"].counts(self.matching_keys)

    def canonical_values(self, name):
        """Return the values for an address; former slugs become current ones."""
        values, filter_ = super().canonical_values(name), self.filters[name]
        if isinstance(filter_, TermFilter) and self.is_valid():
            return sorted(term.slug for term in filter_.terms(values))
        return values

    def value_labels(self, name):
        filter_ = self.filters[name]
        if not isinstance(filter_, TermFilter):
            return super().value_labels(name)
        terms = self.codebook.by_slug
        scheme = filter_.words.slug
        return {slug: terms[scheme, slug].label for slug in self.chosen[name]}

    def label_in_sentence(self, name, label):
        if isinstance(self.filters[name], TermFilter):
            return f"“{label}”"
        if name == "country" and label in WITH_ARTICLE:
            return f"the {label}"
        return super().label_in_sentence(name, label)


class InitiativeFilter(CodedFilterSet, SearchedList):
    """The filter form of the list of initiatives.

    An initiative has to match every facet in use: one of its chosen values, or all of
    them if the parameter ``<facet>-all`` is set.
    """

    nouns = ("initiative", "initiatives")
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
            (WORK_LIST_PARAMETERS.get(name, name), value)
            for name, value in self.parameters
            if name != "sort"
        ]
        return f"?{urlencode(chosen)}" if chosen else ""

    @property
    def downloads(self):
        """Pairs of a format’s label and the address of the export in it."""
        return [
            (file_format.label, reverse("initiatives:export", args=[name]) + self.query)
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

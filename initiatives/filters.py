"""What an address of the initiative list means: its filters, facets and sentence."""

from functools import cached_property

import django_filters
from django.http import QueryDict
from django.urls import reverse
from taggit.models import Tag

from casebase.choices import Facet, Option
from casebase.lists import ListFilter, SortFilter, YearFilter
from casebase.templatetags.house import lowered
from initiatives import facets, search
from initiatives.codebook import Codebook
from initiatives.formats import FORMATS
from initiatives.models import Finding, Initiative, country_names
from initiatives.querysets import latest_first
from initiatives.schemes import SCHEMES

# Countries that a sentence calls by their article: “in the Netherlands”.
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
    "name": ("Name", ["name"]),
    "year": ("Year begun, newest first", [*latest_first("start_year"), "name"]),
    "country": ("Country", ["country", "name"]),
    "findings": ("Most findings", ["-n_findings", "name"]),
    "updated": ("Recently updated", [*latest_first("revised_on"), "name"]),
}
WORDINGS = {words.parameter: words.phrase for words in SCHEMES.values()} | {
    "q": "with the words “{}”",
    "country": "in {}",
    "tag": "tagged {}",
    "from": "begun in {} or later",
    "to": "begun in {} or earlier",
}

# How the list of works calls the filters of cases that have the names of its own.
AMONG_WORKS = {"q": "case-q", "from": "case-from", "to": "case-to"}


class TermFilter(django_filters.MultipleChoiceFilter):
    """Initiatives with any of the chosen terms of one scheme, or a narrower one."""

    def __init__(self, words):
        self.words = words
        refusal = f"“%(value)s” is no {words.singular} of the codebook."
        super().__init__(
            field_name=words.parameter,
            label=words.title,
            error_messages={"invalid_choice": refusal},
        )

    def terms(self, slugs):
        return self.parent.codebook.named(self.words.slug, slugs)

    def filter(self, initiatives, slugs):
        if not slugs:
            return initiatives
        keys = self.parent.codebook.with_narrower(self.terms(slugs))
        return initiatives.having_terms(self.words.slug, keys)


class InitiativeFilter(ListFilter):
    """The filter form of the initiative list.

    Values of one facet widen the list, different facets narrow it.
    """

    counted = ("initiative", "initiatives")
    wordings = WORDINGS

    q = django_filters.CharFilter(label="Words", method="with_words", max_length=200)
    country = django_filters.MultipleChoiceFilter(
        label="Country",
        method="in_countries",
        choices=country_names,
        error_messages={"invalid_choice": "“%(value)s” is no country code."},
    )
    tag = django_filters.MultipleChoiceFilter(
        label="Tag",
        method="with_tags",
        error_messages={"invalid_choice": "There is no tag “%(value)s”."},
    )
    to = YearFilter(label="Begun up to", field_name="start_year", lookup_expr="lte")
    sort = SortFilter(SORTS)

    class Meta:
        model = Initiative
        fields = []

    @classmethod
    def get_filters(cls):
        since = YearFilter(
            label="Begun since", field_name="start_year", lookup_expr="gte"
        )
        terms = {words.parameter: TermFilter(words) for words in SCHEMES.values()}
        return terms | super().get_filters() | {"from": since}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.codebook = Codebook()
        for filter_ in self.term_filters:
            slugs = self.codebook.slugs(filter_.words.slug)
            filter_.extra["choices"] = [(slug, slug) for slug in slugs]
        self.filters["tag"].extra["choices"] = list(
            Tag.objects.order_by("name").values_list("slug", "name")
        )

    @property
    def term_filters(self):
        return [f for f in self.filters.values() if isinstance(f, TermFilter)]

    def with_words(self, initiatives, name, value):
        return search.having_words(initiatives, value)

    def in_countries(self, initiatives, name, codes):
        return initiatives.filter(country__in=codes)

    def with_tags(self, initiatives, name, slugs):
        return initiatives.tagged_with(slugs)

    def labels(self, name):
        filter_ = self.filters[name]
        if not isinstance(filter_, TermFilter):
            return super().labels(name)
        terms = self.codebook.by_slug
        scheme = filter_.words.slug
        return {slug: terms[scheme, slug].label for slug in self.chosen[name]}

    def spoken(self, name, label):
        if isinstance(self.filters[name], TermFilter):
            return lowered(label)
        if name == "country" and label in WITH_ARTICLE:
            return f"the {label}"
        return super().spoken(name, label)

    @property
    def works_query(self):
        """The query of the list of works that gives the works behind these cases."""
        query = QueryDict(mutable=True)
        for name in filter(self.chosen.get, self.data):
            query.setlist(AMONG_WORKS.get(name, name), self.data.getlist(name))
        return f"?{query.urlencode()}"

    @property
    def downloads(self):
        """Pairs of a format's label and the address of these cases in it."""
        return [
            (way.label, reverse("initiatives:export", args=[name]) + self.query)
            for name, way in FORMATS.items()
        ]

    @cached_property
    def current_page(self):
        page = super().current_page
        page.object_list = list(page.object_list)
        self._give_reasons({case.pk: case for case in page.object_list})
        return page

    def _give_reasons(self, cases):
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

    @cached_property
    def facets(self):
        """Every facet with its values and counts, its own choice left out of them."""
        cases = facets.cases_by_concept(self.matches, self.codebook)
        return [
            *(self._term_facet(filter_, cases) for filter_ in self.term_filters),
            self.facet("country", facets.count_by_country),
            self.facet("tag", facets.count_by_tag),
        ]

    def _term_facet(self, filter_, cases):
        name, words = filter_.field_name, filter_.words
        if name in self.chosen:
            cases = facets.cases_by_concept(self.without(name), self.codebook)
        chosen = filter_.terms(self.chosen.get(name, []))
        options = [
            Option(c.slug, c.label, len(cases[c.pk]), c in chosen, depth)
            for depth, c in self.codebook.tree(words.slug)
        ]
        return Facet(name, words.title, options, words.family)

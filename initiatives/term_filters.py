"""Filters by terms of the codebook, and the base of forms that have them."""

from functools import cached_property

from casebase.lists.facet_choices import Option
from casebase.lists.filters import FacetFilter
from casebase.lists.filterset import ListFilterSet
from initiatives.codebook import Codebook


class TermFilter(FacetFilter):
    """Filters records by terms of one scheme and their narrower terms."""

    def __init__(self, words, *, can_require_all=True):
        self.words, self.family = words, words.family
        message = f"“%(value)s” is not a {words.singular} of the codebook."
        super().__init__(
            facet="term",
            can_require_all=can_require_all,
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
        """Return all terms of the scheme as options, also those without records."""
        shared = among is self.parent.matching_keys
        counts = self.parent.term_counts if shared else self.values.counts(among)
        terms = self.terms(chosen)
        return [
            Option(c.slug, c.label, counts.get(c.pk, 0), c in terms, depth)
            for depth, c in self.parent.codebook.tree(self.words.slug)
        ]


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


class CodedFilterSet(ListFilterSet):
    """The base of forms with TermFilters; their index has the facet term."""

    @cached_property
    def codebook(self):
        return Codebook.for_snapshot(self.snapshot)

    @property
    def term_filters(self):
        return [f for f in self.filters.values() if isinstance(f, TermFilter)]

    @cached_property
    def term_counts(self):
        """Primary key of a term → number of records, for facets without a choice."""
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

"""The base of filtered lists: form, errors, facets, query in words, and pages."""

from collections.abc import Sequence
from functools import cached_property
from math import inf
from urllib.parse import urlencode

import django_filters
from django.core.paginator import EmptyPage, Paginator
from django.http import Http404
from django.shortcuts import render
from pyroaring import BitMap

from casebase.facets.index import Index
from casebase.facets.snapshot_cache import current_snapshot
from casebase.lists.facet_choices import Chip, Facet, Phrase
from casebase.lists.filters import (
    FacetFilter,
    NarrowingFilter,
    PageFilter,
    RequireAllFilter,
)
from casebase.lists.histogram import build_histogram
from casebase.lists.result_set import ResultSet
from casebase.metadata.negotiation import negotiate_response, render_template

PER_PAGE = 20
# Parameters that mailings and search engines add to any address.
IGNORED_PREFIXES = ("utm_", "fbclid", "gclid", "mc_")


class ListFilterSet(django_filters.FilterSet):
    """The base of filter forms. An invalid form shows an error and no records."""

    # The singular and the plural of the records.
    nouns: tuple[str, str]
    # Name of a filter → its phrase in the sentence, with “{}” for the chosen values.
    wordings: dict[str, str]
    # The index of all records of the list, and the name of the order in use.
    index: Index
    order: str
    # Keys of records that precede all others, whatever the order.
    leading_keys: Sequence[int]

    page = PageFilter()

    def __init__(self, data, records, snapshot=None):
        super().__init__(data, records)
        self.snapshot = snapshot or current_snapshot()
        for filter_ in self.facet_filters:
            filter_.set_choices()

    @property
    def facet_filters(self):
        return [f for f in self.filters.values() if isinstance(f, FacetFilter)]

    @cached_property
    def chosen(self):
        """Name → value of the filters in use that narrow the list; none if invalid."""
        if not self.is_valid():
            return {}
        return {
            name: value
            for name, value in self.form.cleaned_data.items()
            if value not in (None, "", [])
            and isinstance(self.filters[name], NarrowingFilter)
        }

    def requires_all(self, name):
        """Whether a record must have all chosen values of the facet, not any."""
        return bool(self.is_valid() and self.form.cleaned_data.get(f"{name}-all"))

    @cached_property
    def _sets(self):
        """Name of a filter in use → bitmap of the records that meet it alone."""
        return {n: self.filters[n].matching_keys(v) for n, v in self.chosen.items()}

    @cached_property
    def matching_keys(self):
        """The bitmap of the records that meet every filter; empty if one is invalid."""
        return self.matching_keys_without() if self.is_valid() else BitMap()

    def matching_keys_without(self, *names):
        """Return the bitmap of the records that meet all filters except these."""
        sets = (keys for name, keys in self._sets.items() if name not in names)
        return self.index.matching(sets)

    @cached_property
    def matches(self):
        """The records that meet every filter, in order; none if one is invalid."""
        keys, leading = self.matching_keys, self.leading_keys if self.is_valid() else ()
        return ResultSet(self.queryset, self.index, keys, self.order, leading)

    @cached_property
    def paginator(self):
        return Paginator(self.matches, PER_PAGE)

    @cached_property
    def current_page(self):
        """The page that the address names. Raises Http404 if there is none."""
        number = (self.is_valid() and self.form.cleaned_data["page"]) or 1
        try:
            return self.paginator.page(number)
        except EmptyPage as beyond:
            raise Http404("This list has no such page.") from beyond

    @property
    def validation_errors(self):
        """Pairs of a filter's label and an error of its value."""
        return [
            (self.form.fields[name].label, error)
            for name, errors in self.form.errors.items()
            for error in errors
        ]

    @property
    def unknown_parameters(self):
        """Names of parameters in the address that this list does not have."""
        return [
            name
            for name in self.data
            if name not in self.form.fields and not name.startswith(IGNORED_PREFIXES)
        ]

    @cached_property
    def facets(self):
        """A Facet for each facet filter.

        A count is the number of records that choosing the value would show. So the
        filter itself does not apply to its counts, unless it requires all values.
        """
        return [self._build_facet(filter_) for filter_ in self.facet_filters]

    def _build_facet(self, filter_):
        name = filter_.field_name
        requires_all = self.requires_all(name)
        # A valid value, even if another filter is invalid.
        chosen = self.form.cleaned_data.get(name, [])
        applies = requires_all or name not in self.chosen
        among = self.matching_keys if applies else self.matching_keys_without(name)
        options = filter_.options(among, chosen)
        label = self.form.fields[name].label
        return Facet(
            name, label, options, filter_.family, filter_.can_require_all, requires_all
        )

    @cached_property
    def histogram(self):
        """The number of records by year, whichever years are chosen."""
        among = self.matching_keys_without("from", "to")
        counts = self.index.facets["year"].counts(among)
        first, last = self.chosen.get("from", -inf), self.chosen.get("to", inf)
        return build_histogram(counts, first, last)

    @property
    def error_messages(self):
        """Sentences that say why no file or feed can be made of these records.

        Unknown parameters are errors here, because a file can't show a warning.
        """
        invalid = [f"{label}: {error}" for label, error in self.validation_errors]
        unknown = [f"There is no filter “{name}”." for name in self.unknown_parameters]
        return invalid + unknown

    @property
    def parameters(self):
        """The canonical parameters of the list without the page, as name and value.

        Addresses of the same list have the same ones, however they are written.
        """
        names = [name for name in self.form.fields if name != "page"]
        return [(name, v) for name in names for v in self.canonical_values(name)]

    def canonical_values(self, name):
        """Return the values of a parameter in their canonical form."""
        if not self.is_valid():
            return list(filter(None, self.data.getlist(name)))
        value = self.form.cleaned_data[name]
        if name == "sort" and value == self.form.fields[name].choices[0][0]:
            return []
        if isinstance(self.filters[name], RequireAllFilter):
            has_several = len(self.chosen.get(name.removesuffix("-all"), [])) > 1
            return [value] if value and has_several else []
        if isinstance(value, list):
            return sorted({*value})
        return [] if value in (None, "") else [str(value)]

    @property
    def query(self):
        """The canonical query of the first page, from “?” on; may be empty."""
        return self.query_for_page(1)

    def query_for_page(self, number):
        """Return the canonical query of a page, from “?” on; may be empty."""
        page = [("page", number)] if number > 1 else []
        query = urlencode([*self.parameters, *page])
        return f"?{query}" if query else ""

    @cached_property
    def chips(self):
        return [
            Chip(name, self.choice_label(name, label), self.query_without(name, value))
            for name in self.chosen
            for value, label in self.value_labels(name).items()
        ]

    def choice_label(self, name, label):
        """Return the text of a chip: the label, of a year or words the whole phrase."""
        if isinstance(self.chosen[name], list):
            return label
        return self.wordings[name].format(label)

    def value_labels(self, name):
        """Return value → label for the chosen values of a filter in use."""
        value = self.chosen[name]
        values = value if isinstance(value, list) else [value]
        options = dict(getattr(self.form.fields[name], "choices", ()))
        return {str(one): str(options.get(one, one)) for one in values}

    def query_without(self, name, value):
        """Return the address's query without one value and without the page."""
        query = self.data.copy()
        query.pop("page", None)
        values = query.getlist(name)
        # The only value may be written differently from its clean form: “02010”.
        others = [other for other in values if len(values) > 1 and other != value]
        query.setlist(name, others)
        if len(others) < 2:
            query.pop(f"{name}-all", None)
        return f"?{query.urlencode()}"

    def label_in_sentence(self, name, label):
        """Return the label of a value as it reads within a sentence."""
        return label

    @property
    def phrases(self):
        """A Phrase for each filter in use."""
        for name in self.chosen:
            labels = self.value_labels(name).values()
            labels = [self.label_in_sentence(name, label) for label in labels]
            link = "and" if self.requires_all(name) else "or"
            yield Phrase(self.wordings[name], labels, link)

    @cached_property
    def sentence_parts(self):
        """The query in words: pairs of a text and whether it is a chosen value."""
        if not self.is_valid():
            return [("Nothing to show", False)]
        total = self.paginator.count
        text = [(f"{total:,} {self.nouns[total != 1]}", False)]
        comma = bool(self.source_parts)
        text += self.source_parts
        for phrase in self.phrases:
            text += [(", " if comma else " ", False), *phrase.parts]
            comma = True
        return text

    @property
    def source_parts(self):
        """Parts of the sentence that name the source of the records, if not all."""
        return []

    @property
    def sentence(self):
        """The query in words, for titles, such as “3 initiatives that met mistrust”."""
        return "".join(text for text, _ in self.sentence_parts)

    @property
    def sort(self):
        """The name of the order in use."""
        chosen = self.is_valid() and self.form.cleaned_data["sort"]
        return chosen or self.form.fields["sort"].choices[0][0]


def list_response(request, template, filterset, describe, document):
    """Return the response of a list: the page or a document, for htmx only a part.

    ``describe(filterset, absolute)`` returns the PageDescription; ``absolute`` makes
    an address absolute. An invalid form gets status 400.
    """
    context = {"filter": filterset, "page": filterset.current_page}
    if request.htmx:
        template += "#finder"
    if request.htmx or not filterset.is_valid():
        status = 200 if filterset.is_valid() else 400
        return render(request, template, context, status=status)
    description = describe(filterset, request.build_absolute_uri)
    shown = (template, context)
    return negotiate_response(request, description, document, render_template, shown)

"""What every filtered list has: its form, refusals, facets, query in words, pages."""

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
from casebase.lists.filters import AllFilter, FacetFilter, NarrowingFilter, PageFilter
from casebase.lists.histogram import histogram
from casebase.lists.result_set import Found
from casebase.metadata.negotiation import negotiate_response, render_template

PER_PAGE = 20
# Parameters that mailings and search engines add; they are not meant for us.
STRANGERS = ("utm_", "fbclid", "gclid", "mc_")


class ListFilter(django_filters.FilterSet):
    """The base of our filter forms. Nonsense shows nothing and says so."""

    # Names of one and of many records; how each filter reads in a sentence.
    counted: tuple[str, str]
    wordings: dict[str, str]
    # The index of the records to choose from, and which of its orders is in use.
    index: Index
    order: str
    # Keys of records that come before the others, in their order.
    first: Sequence[int]

    page = PageFilter()

    def __init__(self, data, records, snapshot=None):
        super().__init__(data, records)
        self.snapshot = snapshot or current_snapshot()
        for filter_ in self.facet_filters:
            filter_.prepare()

    @property
    def facet_filters(self):
        return [f for f in self.filters.values() if isinstance(f, FacetFilter)]

    @cached_property
    def chosen(self):
        """Name → value of the filters in use that narrow the list."""
        if not self.is_valid():
            return {}
        return {
            name: value
            for name, value in self.form.cleaned_data.items()
            if value not in (None, "", [])
            and isinstance(self.filters[name], NarrowingFilter)
        }

    def wants_all(self, name):
        """Whether a record must have all values that are chosen of a facet."""
        return bool(self.is_valid() and self.form.cleaned_data.get(f"{name}-all"))

    @cached_property
    def _sets(self):
        """Name → the records that meet this filter alone, of the filters in use."""
        return {name: self.filters[name].having(v) for name, v in self.chosen.items()}

    @cached_property
    def found(self):
        """The set of the records that meet every filter; empty if one is refused."""
        return self.without() if self.is_valid() else BitMap()

    def without(self, *names):
        """The set of the records that meet every filter but those of these names."""
        sets = (keys for name, keys in self._sets.items() if name not in names)
        return self.index.matching(sets)

    @cached_property
    def matches(self):
        """The records that meet every filter, in order; none if one is refused."""
        first = self.first if self.is_valid() else ()
        return Found(self.queryset, self.index, self.found, self.order, first)

    @cached_property
    def paginator(self):
        return Paginator(self.matches, PER_PAGE)

    @cached_property
    def current_page(self):
        """The page asked for. Raises Http404 beyond the last one."""
        number = (self.is_valid() and self.form.cleaned_data["page"]) or 1
        try:
            return self.paginator.page(number)
        except EmptyPage as beyond:
            raise Http404("This list has no such page.") from beyond

    @property
    def refusals(self):
        """Pairs of a filter's label and why its value is refused."""
        return [
            (self.form.fields[name].label, error)
            for name, errors in self.form.errors.items()
            for error in errors
        ]

    @property
    def unknown(self):
        """Parameters that are no filter of this list, and so had no effect."""
        return [
            name
            for name in self.data
            if name not in self.form.fields and not name.startswith(STRANGERS)
        ]

    @cached_property
    def facets(self):
        """Every facet with its values and counts.

        They say what choosing a value would leave: its own choice is left out of its
        counts, unless all of its values are wanted.
        """
        return [self._facet(filter_) for filter_ in self.facet_filters]

    def _facet(self, filter_):
        name = filter_.field_name
        wants_all = self.wants_all(name)
        # Those that are valid, even where another filter is refused.
        chosen = self.form.cleaned_data.get(name, [])
        shown = wants_all or name not in self.chosen
        among = self.found if shown else self.without(name)
        options = filter_.options(among, chosen)
        label = self.form.fields[name].label
        return Facet(
            name, label, options, filter_.family, filter_.may_want_all, wants_all
        )

    @cached_property
    def histogram(self):
        """How many records there are of each year; the years chosen are left out."""
        counts = self.index.facets["year"].counts(self.without("from", "to"))
        first, last = self.chosen.get("from", -inf), self.chosen.get("to", inf)
        return histogram(counts, first, last)

    @property
    def complaints(self):
        """Why no file is made of these records, a sentence each.

        A file has no place to say that a parameter had no effect: that is refused too.
        """
        refused = [f"{label}: {error}" for label, error in self.refusals]
        return refused + [f"There is no filter “{name}”." for name in self.unknown]

    @property
    def parameters(self):
        """Pairs of name and value that say which records these are, on any page.

        However an address was written, the same list has the same ones.
        """
        names = [name for name in self.form.fields if name != "page"]
        return [(name, value) for name in names for value in self.written(name)]

    def written(self, name):
        """The values of a parameter as an address should have them."""
        if not self.is_valid():
            return list(filter(None, self.data.getlist(name)))
        value = self.form.cleaned_data[name]
        if name == "sort" and value == self.form.fields[name].choices[0][0]:
            return []
        if isinstance(self.filters[name], AllFilter):
            of_one = len(self.chosen.get(name.removesuffix("-all"), [])) < 2
            return [] if of_one else [value] if value else []
        if isinstance(value, list):
            return sorted({*value})
        return [] if value in (None, "") else [str(value)]

    @property
    def query(self):
        """The address's query, from “?” on, without the page; empty if it has none."""
        return self.query_on(1)

    def query_on(self, number):
        """The same with the number of a page, unless it is the first."""
        page = [("page", number)] if number > 1 else []
        query = urlencode([*self.parameters, *page])
        return f"?{query}" if query else ""

    @cached_property
    def chips(self):
        return [
            Chip(name, self.called(name, label), self.query_without(name, value))
            for name in self.chosen
            for value, label in self.labels(name).items()
        ]

    def called(self, name, label):
        """A choice on its own: a year or a word needs to say what it does."""
        if isinstance(self.chosen[name], list):
            return label
        return self.wordings[name].format(label)

    def labels(self, name):
        """Raw value → the words for it, for a filter in use."""
        value = self.chosen[name]
        values = value if isinstance(value, list) else [value]
        options = dict(getattr(self.form.fields[name], "choices", ()))
        return {str(one): str(options.get(one, one)) for one in values}

    def query_without(self, name, value):
        """This address's query without one value, back on the first page."""
        query = self.data.copy()
        query.pop("page", None)
        values = query.getlist(name)
        # A single value may be written otherwise than it was understood: “02010”.
        kept = [other for other in values if len(values) > 1 and other != value]
        query.setlist(name, kept)
        if len(kept) < 2:
            query.pop(f"{name}-all", None)
        return f"?{query.urlencode()}"

    def spoken(self, name, label):
        """A label as it stands inside a sentence."""
        return label

    @property
    def phrases(self):
        """The filters in use, each in words."""
        for name in self.chosen:
            labels = self.labels(name).values()
            spoken = [self.spoken(name, label) for label in labels]
            link = "and" if self.wants_all(name) else "or"
            yield Phrase(self.wordings[name], spoken, link)

    @cached_property
    def pieces(self):
        """The query in words, as pairs of text and whether it is a chosen value."""
        if not self.is_valid():
            return [("Nothing to show", False)]
        total = self.paginator.count
        text = [(f"{total:,} {self.counted[total != 1]}", False)]
        comma = bool(self.source_pieces)
        text += self.source_pieces
        for phrase in self.phrases:
            text += [(", " if comma else " ", False), *phrase.pieces]
            comma = True
        return text

    @property
    def source_pieces(self):
        """What the records are taken from, in words, if not from all there are."""
        return []

    @property
    def sentence(self):
        """The query in words, for titles: “3 initiatives that met mistrust”."""
        return "".join(text for text, _ in self.pieces)

    @property
    def sort(self):
        """The name of the order in use."""
        chosen = self.is_valid() and self.form.cleaned_data["sort"]
        return chosen or self.form.fields["sort"].choices[0][0]


def answer_list(request, template, filterset, describe, document):
    """Answer with the page or a document; to htmx, with the part that changes.

    ``describe(filterset, absolute)`` returns the description of the page for machines.
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

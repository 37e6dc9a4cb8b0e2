"""What every filtered list has: its form, refusals, facets, query in words, pages."""

from functools import cached_property
from urllib.parse import urlencode

import django_filters
from django import forms
from django.core.paginator import EmptyPage, Paginator
from django.http import Http404
from django.shortcuts import render

from casebase.choices import Chip, Facet, Option, Phrase

PER_PAGE = 20
# Parameters that mailings and search engines add; they are not meant for us.
STRANGERS = ("utm_", "fbclid", "gclid", "mc_")


class PageFilter(django_filters.Filter):
    """Checks the page number; it narrows nothing."""

    field_class = forms.IntegerField

    def __init__(self):
        super().__init__(
            label="Page",
            min_value=1,
            error_messages={
                "invalid": "A page is a number, from 1 on.",
                "min_value": "A page is a number, from 1 on.",
            },
        )

    def filter(self, records, value):
        return records


class YearFilter(django_filters.Filter):
    """A year to compare with; anything that is no year is refused."""

    field_class = forms.IntegerField

    def __init__(self, **kwargs):
        words = dict.fromkeys(
            ("invalid", "min_value", "max_value"), "A year has four figures, as 2014."
        )
        super().__init__(min_value=1000, max_value=2999, error_messages=words, **kwargs)


class SortFilter(django_filters.ChoiceFilter):
    """Sorts by one of the list's named orders."""

    def __init__(self, orders):
        self.orders = orders
        choices = [(name, label) for name, (label, _) in orders.items()]
        super().__init__(
            label="Sort by",
            choices=choices,
            empty_label=None,
            error_messages={"invalid_choice": "There is no order “%(value)s”."},
        )

    def filter(self, records, value):
        default = next(iter(self.orders))
        return records.order_by(*self.orders[value or default][1])


class ListFilter(django_filters.FilterSet):
    """The base of our filter forms. Nonsense shows nothing and says so."""

    # Names of one and of many records; how each filter reads in a sentence.
    counted: tuple[str, str]
    wordings: dict[str, str]

    page = PageFilter()

    @cached_property
    def matches(self):
        """The records that meet every filter; none when a value is refused."""
        return self.qs if self.is_valid() else self.queryset.none()

    def without(self, name):
        """The records that meet every filter but one: what its counts are made of."""
        records = self.queryset
        for other, value in self.chosen.items():
            if other != name:
                records = self.filters[other].filter(records, value)
        return records

    @cached_property
    def chosen(self):
        """Name → value of the filters in use, leaving out sort and page."""
        if not self.is_valid():
            return {}
        return {
            name: value
            for name, value in self.form.cleaned_data.items()
            if value not in (None, "", []) and name not in ("sort", "page")
        }

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

    def facet(self, name, count):
        """A facet with those of its values that occur or are chosen.

        ``count`` gives the number of records of each value in a queryset.
        """
        counts = count(self.without(name))
        chosen = self.chosen.get(name, [])
        options = [
            Option(value, label, counts[value], value in chosen)
            for value, label in self.form.fields[name].choices
            if counts[value] or value in chosen
        ]
        return Facet(name, self.form.fields[name].label, options)

    @property
    def complaints(self):
        """Why no file is made of these records, a sentence each.

        A file has no place to say that a parameter had no effect: that is refused too.
        """
        refused = [f"{label}: {error}" for label, error in self.refusals]
        return refused + [f"There is no filter “{name}”." for name in self.unknown]

    @property
    def parameters(self):
        """Pairs of name and value that say which records these are, on any page."""
        return [
            (name, value)
            for name in self.form.fields
            for value in self.data.getlist(name)
            if name != "page" and value
        ]

    @property
    def query(self):
        """The address's query, from “?” on, without the page."""
        return f"?{urlencode(self.parameters)}"

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
            yield Phrase(self.wordings[name], spoken)

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
        orders = self.filters["sort"].orders
        chosen = self.is_valid() and self.form.cleaned_data["sort"]
        return chosen or next(iter(orders))


def render_list(request, template, filter_class, records, **context):
    """Answer with the list page; to htmx, with the literal part of it that changes."""
    filterset = filter_class(request.GET, records)
    context |= {"filter": filterset, "page": filterset.current_page}
    if request.htmx and not request.htmx.history_restore_request:
        template += "#finder"
    status = 200 if filterset.is_valid() else 400
    return render(request, template, context, status=status)

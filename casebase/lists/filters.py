"""The kinds of filter that lists have, and what each leaves of a list's index."""

import django_filters
from django import forms

from casebase.lists.facet_choices import Option


class PageFilter(django_filters.Filter):
    """The page number. It narrows nothing."""

    field_class = forms.IntegerField

    def __init__(self):
        words = "A page is a number, from 1 on."
        words = dict.fromkeys(("invalid", "min_value"), words)
        super().__init__(label="Page", min_value=1, error_messages=words)


class SortFilter(django_filters.Filter):
    """One of the named orders, name → label: the first if none is named."""

    field_class = forms.ChoiceField

    def __init__(self, orders):
        super().__init__(
            label="Sort by",
            choices=list(orders.items()),
            error_messages={"invalid_choice": "There is no order “%(value)s”."},
        )


class AllFilter(django_filters.Filter):
    """Says that all values that are chosen of a facet are wanted, not any of them."""

    field_class = forms.ChoiceField

    def __init__(self, name):
        words = f"Only “{name}-all=1” has a meaning, not “%(value)s”."
        super().__init__(
            label="All of them",
            choices=[("1", "all of them")],
            error_messages={"invalid_choice": words},
        )


def with_all(filters):
    """The filters, and a switch for every facet of which records may have several."""
    switches = {
        f"{name}-all": AllFilter(name)
        for name, filter_ in filters.items()
        if isinstance(filter_, FacetFilter) and filter_.may_want_all
    }
    return filters | switches


class NarrowingFilter(django_filters.Filter):
    """A filter of which ``having(value)`` gives the set of the records that meet it."""

    facet: str

    @property
    def values(self):
        """What the index knows of its facet."""
        return self.parent.index.facets[self.facet]


class YearFilter(NarrowingFilter):
    """A year to compare with; anything that is no year is refused."""

    field_class = forms.IntegerField
    facet = "year"
    FIRST, LAST = 1000, 2999

    def __init__(self, label, *, is_first):
        self.is_first = is_first
        words = dict.fromkeys(
            ("invalid", "min_value", "max_value"), "A year has four figures, as 2014."
        )
        bounds = {"min_value": self.FIRST, "max_value": self.LAST}
        super().__init__(label=label, error_messages=words, **bounds)

    def having(self, year):
        fits = year.__le__ if self.is_first else year.__ge__
        return self.values.where(fits)


class FacetFilter(NarrowingFilter, django_filters.MultipleChoiceFilter):
    """Records with any value that is chosen of a facet, or, where so asked, all."""

    # Of colours.
    family = "neutral"

    def __init__(self, *, facet, may_want_all=True, **kwargs):
        self.facet, self.may_want_all = facet, may_want_all
        super().__init__(**kwargs)

    def prepare(self):
        """Called before the form is made, to set ``extra["choices"]``."""

    def keys(self, chosen):
        """What the index calls the values that are chosen."""
        return chosen

    def having(self, chosen):
        wants_all = self.parent.wants_all(self.field_name)
        having = self.values.all if wants_all else self.values.any
        return having(self.keys(chosen))

    def options(self, among, chosen):
        """The values that occur among these records or are chosen."""
        counts = self.values.counts(among)
        return [
            Option(value, label, counts.get(value, 0), value in chosen)
            for value, label in self.field.choices
            if value in counts or value in chosen
        ]


class NamedFilter(FacetFilter):
    """A facet whose values are records, named by their slugs.

    ``records`` gives those there may be; ``shown`` are offered, and what is chosen.
    ``formerly`` leads from slugs of the past to records.
    """

    def __init__(self, *, records, shown, formerly=None, **kwargs):
        self.records, self.shown, self.formerly = records, shown, formerly
        super().__init__(**kwargs)

    def prepare(self):
        # PostgreSQL takes no NUL, not even to say that it isn't there.
        slugs = [s for s in self.parent.data.getlist(self.field_name) if "\0" not in s]
        found = self.records().filter(slug__in=slugs) if slugs else ()
        found = {record.slug: record for record in found}
        if self.formerly:
            found |= self.formerly(set(slugs) - found.keys())
        # From the slugs of the address to those that the records have today.
        self.today = {slug: record.slug for slug, record in found.items()}
        self._keys = {slug: record.pk for slug, record in found.items()}
        self.extra["choices"] = [(slug, str(record)) for slug, record in found.items()]

    def keys(self, chosen):
        return [self._keys[slug] for slug in chosen]

    def options(self, among, chosen):
        """The values of most records, most first, and those that are chosen."""
        index, also = self.parent.index, self.keys(chosen)
        counts = index.top_counts(self.facet, among, self.shown, also)
        options = [
            Option(record.slug, str(record), counts[record.pk], record.pk in also)
            for record in self.records().filter(pk__in=counts)
        ]
        return sorted(options, key=lambda option: (-option.count, option.value))

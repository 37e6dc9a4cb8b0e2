"""The filters of lists. Each finds the keys of matching records in a list's index."""

from collections.abc import Callable, Collection
from copy import copy
from typing import Any, Self

import django_filters
from django import forms
from django.db.models import QuerySet
from pyroaring import BitMap

from casebase.lists.facet_choices import Option


class ListFilter(django_filters.Filter):
    """The base of the filters of lists. Each form has copies of its class's filters."""

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        # A form changes no more than this. To copy all the rest, choices and messages,
        # takes a fifth of the time of a page.
        copied = copy(self)
        copied.extra = {**self.extra}
        return copied


class PageFilter(ListFilter):
    """The page number. It does not narrow the list."""

    field_class = forms.IntegerField

    def __init__(self) -> None:
        sentence = "A page is a number, from 1 on."
        messages = dict.fromkeys(("invalid", "min_value"), sentence)
        super().__init__(label="Page", min_value=1, error_messages=messages)


class SortFilter(ListFilter):
    """One of several orders, name → label; by default the first."""

    field_class = forms.ChoiceField

    def __init__(self, orders: dict[str, str]) -> None:
        super().__init__(
            label="Sort by",
            choices=list(orders.items()),
            error_messages={"invalid_choice": "There is no order “%(value)s”."},
        )


class RequireAllFilter(ListFilter):
    """A switch that requires all chosen values of a facet instead of any of them."""

    field_class = forms.ChoiceField

    def __init__(self, name: str) -> None:
        words = f"Only “{name}-all=1” has a meaning, not “%(value)s”."
        super().__init__(
            label="All of them",
            choices=[("1", "all of them")],
            error_messages={"invalid_choice": words},
        )


def add_require_all_filters(
    filters: dict[str, django_filters.Filter],
) -> dict[str, django_filters.Filter]:
    """Return the filters, and a RequireAllFilter for every facet that can have one."""
    switches = {
        f"{name}-all": RequireAllFilter(name)
        for name, filter_ in filters.items()
        if isinstance(filter_, FacetFilter) and filter_.can_require_all
    }
    return filters | switches


class NarrowingFilter(ListFilter):
    """A filter that narrows the list.

    Subclasses define ``matching_keys(value)``, which returns the bitmap of the records
    that meet the filter.
    """

    facet: str

    @property
    def values(self) -> Any:
        """The values of the filter's facet in the index: a ValueBitmaps or Pairs."""
        return self.parent.index.facets[self.facet]


class YearFilter(NarrowingFilter):
    """The first or the last year, by ``is_first``; other values are invalid."""

    field_class = forms.IntegerField
    facet = "year"
    FIRST, LAST = 1000, 2999

    def __init__(self, label: str, *, is_first: bool) -> None:
        self.is_first = is_first
        words = dict.fromkeys(
            ("invalid", "min_value", "max_value"), "A year has four figures, as 2014."
        )
        bounds = {"min_value": self.FIRST, "max_value": self.LAST}
        super().__init__(label=label, error_messages=words, **bounds)

    def matching_keys(self, year: int) -> BitMap:
        is_in_range = year.__le__ if self.is_first else year.__ge__
        return self.values.where(is_in_range)


class FacetFilter(NarrowingFilter, django_filters.MultipleChoiceFilter):
    """Records that have any of the chosen values of a facet, or all if required."""

    # The colour family in the style sheets.
    family = "neutral"

    def __init__(
        self, *, facet: str, can_require_all: bool = True, **kwargs: Any
    ) -> None:
        self.facet, self.can_require_all = facet, can_require_all
        super().__init__(**kwargs)

    def set_choices(self) -> None:
        """Set ``extra["choices"]``. Called before the form is built."""

    def index_values(self, chosen: Collection[str]) -> Collection[Any]:
        """Return the chosen values as the index has them, such as primary keys."""
        return chosen

    def matching_keys(self, chosen: Collection[str]) -> BitMap:
        requires_all = self.parent.requires_all(self.field_name)
        find = self.values.all if requires_all else self.values.any
        return find(self.index_values(chosen))

    def options(self, among: BitMap, chosen: Collection[str]) -> list[Option]:
        """Return an Option for each value that is chosen or occurs ``among`` records.

        ``among`` is the bitmap of the records to count.
        """
        counts = self.values.counts(among)
        return [
            Option(value, label, counts.get(value, 0), value in chosen)
            for value, label in self.field.choices
            if value in counts or value in chosen
        ]


class RecordFacetFilter(FacetFilter):
    """A facet whose values are records, which the address names by their slugs.

    ``records()`` returns the queryset of all values. The ``max_options`` most frequent
    values are offered, besides those that are chosen. ``by_former_slug(slugs)`` maps
    former slugs to records.
    """

    def __init__(
        self,
        *,
        records: Callable[[], QuerySet[Any]],
        max_options: int,
        by_former_slug: Callable[[set[str]], dict[str, Any]] | None = None,
        **kwargs: Any,
    ) -> None:
        self.records, self.max_options = records, max_options
        self.by_former_slug = by_former_slug
        super().__init__(**kwargs)

    def set_choices(self) -> None:
        # PostgreSQL raises an error for NUL, even in a lookup.
        slugs = [s for s in self.parent.data.getlist(self.field_name) if "\0" not in s]
        found = self.records().filter(slug__in=slugs) if slugs else ()
        found = {record.slug: record for record in found}
        if self.by_former_slug:
            found |= self.by_former_slug(set(slugs) - found.keys())
        # Slug in the address → current slug of the record.
        self.current_slugs = {slug: record.slug for slug, record in found.items()}
        self._keys = {slug: record.pk for slug, record in found.items()}
        self.extra["choices"] = [(slug, str(record)) for slug, record in found.items()]

    def index_values(self, chosen: Collection[str]) -> Collection[Any]:
        return [self._keys[slug] for slug in chosen]

    def options(self, among: BitMap, chosen: Collection[str]) -> list[Option]:
        """Return the Options of the most frequent and of the chosen values.

        The most frequent come first.
        """
        index, chosen_keys = self.parent.index, self.index_values(chosen)
        counts = index.top_counts(self.facet, among, self.max_options, chosen_keys)
        options = [
            Option(
                record.slug, str(record), counts[record.pk], record.pk in chosen_keys
            )
            for record in self.records().filter(pk__in=counts)
        ]
        return sorted(options, key=lambda option: (-option.count, option.value))

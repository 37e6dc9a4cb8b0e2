"""The base of filtered lists: form, errors, facets, query in words, and pages."""

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from functools import cached_property
from math import inf
from typing import Any
from urllib.parse import urlencode

import django_filters
from django.core.paginator import EmptyPage, Page, Paginator
from django.db.models import QuerySet
from django.forms import Form
from django.http import Http404, QueryDict
from pyroaring import BitMap

from casebase.charts.histogram import Histogram, build_histogram
from casebase.facets.index import Index
from casebase.facets.snapshot import Snapshot
from casebase.facets.snapshot_cache import current_snapshot
from casebase.lists.facet_choices import Chip, Facet, Phrase
from casebase.lists.filters import (
    FacetFilter,
    NarrowingFilter,
    PageFilter,
    RequireAllFilter,
)
from casebase.lists.ignored_parameters import without_ignored
from casebase.lists.result_set import ResultSet
from casebase.templatetags.text_filters import lower_first

PER_PAGE = 20


class ListFilterSet(django_filters.FilterSet):
    """The base of filter forms. An invalid form shows an error and no records."""

    # The singular and the plural of the records.
    nouns: tuple[str, str]
    # Name of a filter → its phrase in the sentence, with “{}” for the chosen values.
    wordings: dict[str, str]
    # Names of facets whose values begin with a small letter within the sentence.
    lowered_facets: frozenset[str] = frozenset()

    page = PageFilter()

    def __init__(
        self, data: QueryDict, records: QuerySet[Any], snapshot: Snapshot | None = None
    ) -> None:
        super().__init__(without_ignored(data), records)
        self.snapshot = snapshot or current_snapshot()
        for filter_ in self.facet_filters:
            filter_.set_choices()

    @cached_property
    def form(self) -> Form:
        """The form. A class with these fields would copy each of them once more."""
        form = self._meta.form(self.data)
        form.fields.update({name: each.field for name, each in self.filters.items()})
        return form

    @property
    @abstractmethod
    def index(self) -> Index:
        """The index of all records of the list."""

    @property
    @abstractmethod
    def order(self) -> str:
        """The name of the order in use."""

    @property
    @abstractmethod
    def leading_keys(self) -> Sequence[int]:
        """Keys of records that precede all others, whatever the order."""

    @property
    def facet_filters(self) -> list[FacetFilter]:
        return [f for f in self.filters.values() if isinstance(f, FacetFilter)]

    @cached_property
    def chosen(self) -> dict[str, Any]:
        """Name → value of the filters in use that narrow the list; none if invalid."""
        if not self.is_valid():
            return {}
        return {
            name: value
            for name, value in self.form.cleaned_data.items()
            if value not in (None, "", [])
            and isinstance(self.filters[name], NarrowingFilter)
        }

    def requires_all(self, name: str) -> bool:
        """Whether a record must have all chosen values of the facet, not any."""
        return bool(self.is_valid() and self.form.cleaned_data.get(f"{name}-all"))

    @cached_property
    def _sets(self) -> dict[str, BitMap]:
        """Name of a filter in use → bitmap of the records that meet it alone."""
        return {n: self.filters[n].matching_keys(v) for n, v in self.chosen.items()}

    @cached_property
    def matching_keys(self) -> BitMap:
        """The bitmap of the records that meet every filter; empty if one is invalid."""
        return self.matching_keys_without() if self.is_valid() else BitMap()

    def matching_keys_without(self, *names: str) -> BitMap:
        """Return the bitmap of the records that meet all filters except these."""
        sets = (keys for name, keys in self._sets.items() if name not in names)
        return self.index.matching(sets)

    @cached_property
    def matches(self) -> ResultSet:
        """The records that meet every filter, in order; none if one is invalid."""
        keys, leading = self.matching_keys, self.leading_keys if self.is_valid() else ()
        return ResultSet(self.queryset, self.index, keys, self.order, leading)

    @cached_property
    def paginator(self) -> Paginator:
        return Paginator(self.matches, PER_PAGE)

    @cached_property
    def current_page(self) -> Page:
        """The page that the address names. Raises Http404 if there is none."""
        number = (self.is_valid() and self.form.cleaned_data["page"]) or 1
        try:
            return self.paginator.page(number)
        except EmptyPage as beyond:
            raise Http404("This list has no such page.") from beyond

    @property
    def validation_errors(self) -> list[tuple[str, str]]:
        """Pairs of a filter's label and an error of its value."""
        return [
            (self.form.fields[name].label, error)
            for name, errors in self.form.errors.items()
            for error in errors
        ]

    @property
    def unknown_parameters(self) -> list[str]:
        """Names of parameters in the address that this list does not have."""
        return [name for name in self.data if name not in self.form.fields]

    @cached_property
    def facets(self) -> list[Facet]:
        """A Facet for each facet filter.

        A count is the number of records that choosing the value would show. So the
        filter itself does not apply to its counts, unless it requires all values.
        """
        return [self._build_facet(filter_) for filter_ in self.facet_filters]

    def _build_facet(self, filter_: FacetFilter) -> Facet:
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
    def histogram(self) -> Histogram:
        """The number of records by year, whichever years are chosen."""
        among = self.matching_keys_without("from", "to")
        counts = self.index.facets["year"].counts(among)
        first, last = self.chosen.get("from", -inf), self.chosen.get("to", inf)
        return build_histogram(counts, first, last)

    @property
    def error_messages(self) -> list[str]:
        """Sentences that say why no file or feed can be made of these records.

        Unknown parameters are errors here, because a file can't show a warning.
        """
        invalid = [f"{label}: {error}" for label, error in self.validation_errors]
        unknown = [f"There is no filter “{name}”." for name in self.unknown_parameters]
        return invalid + unknown

    @cached_property
    def parameters(self) -> list[tuple[str, str]]:
        """The canonical parameters of the list without the page, as name and value.

        Addresses of the same list have the same ones, however they are written.
        """
        names = [name for name in self.form.fields if name != "page"]
        return [(name, v) for name in names for v in self.canonical_values(name)]

    def canonical_values(self, name: str) -> list[str]:
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
    def hidden_parameters(self) -> list[tuple[str, str]]:
        """Pairs of parameter and value that the form has as hidden fields."""
        return []

    @property
    def query(self) -> str:
        """The canonical query of the first page, from “?” on; may be empty."""
        return self.query_for_page(1)

    def query_for_page(self, number: int) -> str:
        """Return the canonical query of a page, from “?” on; may be empty."""
        page = [("page", str(number))] if number > 1 else []
        query = urlencode([*self.parameters, *page])
        return f"?{query}" if query else ""

    @cached_property
    def chips(self) -> list[Chip]:
        return [
            Chip(name, self.choice_label(name, label), self.query_without(name, value))
            for name in self.chosen
            for value, label in self.value_labels(name).items()
        ]

    def choice_label(self, name: str, label: str) -> str:
        """Return the text of a chip: the label, of a year or words the whole phrase."""
        if isinstance(self.chosen[name], list):
            return label
        return self.wordings[name].format(label)

    def value_labels(self, name: str) -> dict[str, str]:
        """Return value → label for the chosen values of a filter in use."""
        value = self.chosen[name]
        values = value if isinstance(value, list) else [value]
        options = dict(getattr(self.form.fields[name], "choices", ()))
        return {str(one): str(options.get(one, one)) for one in values}

    def query_without(self, name: str, value: str) -> str:
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

    def label_in_sentence(self, name: str, label: str) -> str:
        """Return the label of a value as it reads within a sentence."""
        return lower_first(label) if name in self.lowered_facets else label

    @property
    def phrases(self) -> Iterator[Phrase]:
        """A Phrase for each filter in use."""
        for name in self.chosen:
            labels = [
                self.label_in_sentence(name, label)
                for label in self.value_labels(name).values()
            ]
            link = "and" if self.requires_all(name) else "or"
            yield Phrase(self.wordings[name], labels, link)

    @cached_property
    def sentence_parts(self) -> list[tuple[str, bool]]:
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
    def source_parts(self) -> list[tuple[str, bool]]:
        """Parts of the sentence that name the source of the records, if not all."""
        return []

    @property
    def sentence(self) -> str:
        """The query in words, for titles, such as “3 cases that met mistrust”."""
        return "".join(text for text, _ in self.sentence_parts)

    @property
    def sort(self) -> str:
        """The name of the order in use."""
        chosen = self.is_valid() and self.form.cleaned_data["sort"]
        return chosen or self.form.fields["sort"].choices[0][0]

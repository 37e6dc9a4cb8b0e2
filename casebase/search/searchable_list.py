"""Lists that can be searched: their words, the best match first, and snippets."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.paginator import Page
from django.urls import reverse
from pyroaring import FrozenBitMap

from casebase.lists.filters import NarrowingFilter
from casebase.lists.filterset import ListFilterSet
from casebase.search import queries
from casebase.search.queries import TotalExclusion
from casebase.search.query_tree import Query
from casebase.search.spelling import FEW, corrected

BEST = ("relevance", "Best match")


def validate_has_words(text: str) -> None:
    # The field itself refuses a NUL.
    if "\0" not in text and not queries.has_words(text):
        raise ValidationError(f"“{text}” has no word to look for.")


class WordsFilter(NarrowingFilter):
    """Records of one kind that a query finds. See docs/search.md for its syntax."""

    field_class = forms.CharField

    def __init__(self, kind: str) -> None:
        self.kind = kind
        super().__init__(label="Words", max_length=200, validators=[validate_has_words])

    def matching_keys(self, text: str) -> FrozenBitMap:
        return queries.matching(self.kind, text)


class SearchedList(ListFilterSet):
    """A list with a WordsFilter called ``q``."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._orders = self.filters["sort"].extra["choices"]
        if self.words:
            self.filters["sort"].extra["choices"] = [BEST, *self._orders]

    @property
    def words(self) -> str:
        return self.data.get("q", "").strip()

    @property
    def order(self) -> str:
        """The chosen order, or the list's own for records that are not ranked."""
        return self._orders[0][0] if self._is_best_first else self.sort

    @property
    def leading_keys(self) -> Sequence[int]:
        """The primary keys of the best matches, unless another order is chosen."""
        if not self._is_best_first:
            return ()
        return queries.ranked(self._kind, self.words, among=self.matching_keys)

    @property
    def _kind(self) -> str:
        return self.filters["q"].kind

    @property
    def _is_best_first(self) -> bool:
        return self.sort == BEST[0]

    @cached_property
    def current_page(self) -> Page:
        """The page asked for. If there are words, each record has ``snippets``."""
        page = super().current_page
        page.object_list = list(page.object_list)
        if self.words:
            keys = [record.pk for record in page.object_list]
            snippets = queries.snippets(self._kind, keys, self.words)
            for record in page.object_list:
                record.snippets = snippets.get(record.pk, ())
        return page

    @property
    def reading(self) -> Query:
        """How the words were read, as a Query; falsy if there are none."""
        return queries.parse(self.words if self.is_valid() else "")

    @property
    def total_exclusion(self) -> TotalExclusion | None:
        """A TotalExclusion if the exclusions among the words leave nothing, or None."""
        find = queries.find_total_exclusion
        return find(self.words, self._count_matches) if self.is_valid() else None

    def _count_matches(self, text: str) -> int:
        return len(queries.matching(self._kind, text) & self.matching_keys_without("q"))

    @property
    def search_url(self) -> str:
        """The address of the page that searches all kinds for the same words."""
        return reverse("search:search", query={"q": self.words})

    @cached_property
    def better_words(self) -> str | None:
        """The words in another spelling that finds something, if these find little."""
        if not self.words or not self.is_valid() or len(self.matching_keys) >= FEW:
            return None
        better = corrected(self.words)
        return better if better and self._count_matches(better) else None

    @property
    def better_query(self) -> str:
        """The query string of this list with the words in that spelling."""
        return self._query_of(self.better_words or self.words)

    @property
    def query_without_exclusions(self) -> str:
        """The query string of this list with only the words that are wanted."""
        exclusion = self.total_exclusion
        return self._query_of(exclusion.wanted if exclusion else self.words)

    def _query_of(self, text: str) -> str:
        query = self.data.copy()
        query.pop("page", None)
        query["q"] = text
        return f"?{query.urlencode()}"

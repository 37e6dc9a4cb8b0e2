"""Lists that can be searched: their words, the best match first, and snippets."""

from functools import cached_property

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse

from casebase.lists.filters import NarrowingFilter
from casebase.lists.filterset import ListFilterSet
from casebase.search import queries
from casebase.search.spelling import FEW, corrected

BEST = ("relevance", "Best match")


def validate_has_words(text):
    # The field itself refuses a NUL.
    if "\0" not in text and not queries.has_words(text):
        raise ValidationError(f"“{text}” has no word to look for.")


class WordsFilter(NarrowingFilter):
    """Records of one kind that a query finds. See docs/search.md for its syntax."""

    field_class = forms.CharField

    def __init__(self, kind):
        self.kind = kind
        super().__init__(label="Words", max_length=200, validators=[validate_has_words])

    def matching_keys(self, text):
        return queries.matching(self.kind, text)


class SearchedList(ListFilterSet):
    """A list with a WordsFilter called ``q``."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._orders = self.filters["sort"].extra["choices"]
        if self.words:
            self.filters["sort"].extra["choices"] = [BEST, *self._orders]

    @property
    def words(self):
        return self.data.get("q", "").strip()

    @property
    def order(self):
        """The chosen order, or the list's own for records that are not ranked."""
        return self._orders[0][0] if self._is_best_first else self.sort

    @property
    def leading_keys(self):
        """The primary keys of the best matches, unless another order is chosen."""
        if not self._is_best_first:
            return ()
        return queries.ranked(self._kind, self.words, among=self.matching_keys)

    @property
    def _kind(self):
        return self.filters["q"].kind

    @property
    def _is_best_first(self):
        return self.sort == BEST[0]

    @cached_property
    def current_page(self):
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
    def reading(self):
        """How the words were read, as a Query; falsy if there are none."""
        return self.words and self.is_valid() and queries.parse(self.words)

    @property
    def total_exclusion(self):
        """A TotalExclusion if the exclusions among the words leave nothing, or None."""
        find = queries.find_total_exclusion
        return find(self.words, self._count_matches) if self.is_valid() else None

    def _count_matches(self, text):
        return len(queries.matching(self._kind, text) & self.matching_keys_without("q"))

    @property
    def search_url(self):
        """The address of the page that searches all kinds for the same words."""
        return reverse("search:search", query={"q": self.words})

    @cached_property
    def better_words(self):
        """The words in another spelling that finds something, if these find little."""
        if not self.words or not self.is_valid() or len(self.matching_keys) >= FEW:
            return None
        better = corrected(self.words)
        return better if better and self._count_matches(better) else None

    @property
    def better_query(self):
        """The query string of this list with the words in that spelling."""
        return self._query_of(self.better_words)

    @property
    def query_without_exclusions(self):
        """The query string of this list with only the words that are wanted."""
        return self._query_of(self.total_exclusion.wanted)

    def _query_of(self, text):
        query = self.data.copy()
        query.pop("page", None)
        query["q"] = text
        return f"?{query.urlencode()}"

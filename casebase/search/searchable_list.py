"""What every list that can be searched has: its words, best match first, and why."""

from functools import cached_property

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse

from casebase.lists.filters import NarrowingFilter
from casebase.lists.filterset import ListFilter
from casebase.search import queries
from casebase.search.spelling import FEW, corrected

BEST = ("relevance", "Best match")


def refuse_wordless(text):
    # A NUL is refused by the field itself.
    if "\0" not in text and not queries.has_words(text):
        raise ValidationError(f"“{text}” has no word to look for.")


class WordsFilter(NarrowingFilter):
    """Records of one kind that a query finds; docs/search.md tells what it may say."""

    field_class = forms.CharField

    def __init__(self, kind):
        self.kind = kind
        super().__init__(label="Words", max_length=200, validators=[refuse_wordless])

    def having(self, text):
        return queries.matching(self.kind, text)


class SearchedList(ListFilter):
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
        """The chosen one; of what is not ranked, the list's own."""
        return self._orders[0][0] if self._is_best_first else self.sort

    @property
    def first(self):
        """The best matches, where no other order is chosen."""
        if not self._is_best_first:
            return ()
        return queries.ranked(self._kind, self.words, among=self.found)

    @property
    def _kind(self):
        return self.filters["q"].kind

    @property
    def _is_best_first(self):
        return self.sort == BEST[0]

    @cached_property
    def current_page(self):
        """The page asked for; with words, each record has its ``snippets``."""
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
        """How the words were read, where they say anything."""
        return self.words and self.is_valid() and queries.read(self.words)

    @property
    def ruled_out(self):
        """The words in two texts, if what is unwanted leaves nothing of the rest."""
        return self.is_valid() and queries.ruled_out(self.words, self._number_with)

    def _number_with(self, text):
        return len(queries.matching(self._kind, text) & self.without("q"))

    @property
    def search_url(self):
        """Where the same words are looked for among everything."""
        return reverse("search:search", query={"q": self.words})

    @cached_property
    def better_words(self):
        """The words in another spelling, if few records have them and some that one."""
        if not self.words or not self.is_valid() or len(self.found) >= FEW:
            return None
        better = corrected(self.words)
        return better if better and self._number_with(better) else None

    @property
    def better_query(self):
        """This address's query with the words in that spelling."""
        return self._query_of(self.better_words)

    @property
    def wanted_query(self):
        """This address's query with only the words that are wanted."""
        return self._query_of(self.ruled_out.wanted)

    def _query_of(self, text):
        query = self.data.copy()
        query.pop("page", None)
        query["q"] = text
        return f"?{query.urlencode()}"

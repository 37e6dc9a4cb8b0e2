"""The queries for the rest of the site, independent of HTTP and of the database.

A query is any text; query_parser.py says what it means. Only what readers may see is
found. A kind is that of searched records: see searched_records.py.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import starmap
from typing import NamedTuple

from django.db import connection
from pyroaring import AbstractBitMap, BitMap, FrozenBitMap

from casebase.change_tracking.models import Counter
from casebase.search.documents import DocumentPart
from casebase.search.index import MOST_RANKED, Index
from casebase.search.models import Document
from casebase.search.query_parser import parse_query
from casebase.search.query_tree import Query, any_of
from casebase.search.searched_records import searched
from casebase.search.snippets import Snippet, marked_pieces, snippets_of
from casebase.search.tokenizer import LANGUAGES, stemmed_in


def parse(text: str, kind: str | None = None) -> Query:
    """The Query that a text is: in all languages if records of the kind have several,
    else in English."""
    is_multilingual = kind is not None and searched[kind].is_multilingual
    return _parse(text, LANGUAGES if is_multilingual else ("",))


@lru_cache(maxsize=256)
def _parse(text: str, languages: tuple[str, ...]) -> Query:
    return parse_query(text, *map(stemmed_in, languages))


def has_words(text: str) -> bool:
    """Whether there is anything to look for."""
    return bool(parse(text))


def matching(kind: str, text: str) -> FrozenBitMap:
    """The primary keys of all records that a query finds, as a FrozenBitMap."""
    if connection.in_atomic_block:
        # Others may never see what this transaction wrote.
        return _matching(kind, text)
    return _matching_as_of(Counter.objects.current(), kind, text)


@lru_cache(maxsize=64)
def _matching_as_of(version: int, kind: str, text: str) -> FrozenBitMap:
    """Cached until a record changes: readers page, and tick one box after another."""
    return _matching(kind, text)


def _matching(kind: str, text: str) -> FrozenBitMap:
    return FrozenBitMap(Index(kind).matching(parse(text, kind)))


def ranked(
    kind: str, text: str, limit: int = MOST_RANKED, among: AbstractBitMap | None = None
) -> list[int]:
    """The primary keys of the best matches, best first; only those in the bitmap
    ``among``, if it is given.

    If there are many matches, only the likeliest are compared: see ``Index.ranked``.
    """
    candidates = matching(kind, text)
    if among is not None:
        candidates = candidates & among
    return Index(kind).ranked(parse(text, kind), candidates, limit)


def excluded(kind: str, text: str) -> BitMap:
    """The primary keys of the records that a query excludes, as a BitMap."""
    return Index(kind).matching(parse(text, kind).exclusions)


class TotalExclusion(NamedTuple):
    """Two texts: every record that is found by ``wanted`` is found by ``excluded``."""

    wanted: str
    excluded: str


def find_total_exclusion(
    text: str, count_matches: Callable[[str], int]
) -> TotalExclusion | None:
    """Return what a query asks for and excludes, if its exclusions leave nothing.

    Returns None if the query finds something, has no exclusions, or would find nothing
    without them.
    ``count_matches`` returns the number of records that a text finds.
    """
    query = parse(text)
    both = query.without_exclusions.meaning, query.exclusions.meaning
    if not all(both) or count_matches(text) or not count_matches(both[0]):
        return None
    return TotalExclusion(*both)


def nearest(
    kind: str, text: str, others: AbstractBitMap, limit: int
) -> dict[int, list[str]]:
    """Records with some of a query's words, best first: primary key → the words that
    the record lacks. Without ``others``, a bitmap of those found or excluded."""
    return Index(kind).nearest(parse(text, kind), others, limit)


def snippets(
    kind: str, keys: Iterable[int], text: str, *, singly: bool = False
) -> dict[int, list[Snippet]]:
    """Primary key → Snippets that show where these records have a query's words; if
    ``singly``, also words of phrases that they have apart. One SQL query."""
    query = parse(text, kind)
    if singly:
        query = any_of(query.single_words)
    documents = Document.objects.filter(kind=kind, record__in=keys)
    return {
        document.record: snippets_of(starmap(DocumentPart, document.parts), query)
        for document in documents
    }


def marked(kind: str, text: str, words: str) -> list[tuple[str, bool]]:
    """Return a text of a record in pieces: pairs of text and whether it is one of the
    words of a query."""
    return marked_pieces(text, parse(words, kind))

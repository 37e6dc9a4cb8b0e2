"""What the rest of the site asks of search. Knows nothing of HTTP or of one database.

A query is any text; query.py says what it means. Only what readers may see is found.
"""

from functools import lru_cache
from itertools import starmap

from django.db import connection
from pyroaring import FrozenBitMap

from changes.models import Counter
from search.documents import Part
from search.index import MOST_RANKED, Index
from search.models import Document
from search.query import parsed
from search.snippets import snippets_of
from search.words import stemmed

KINDS = ("initiative", "reference", "concept")


def has_words(text):
    """Whether there is anything to look for."""
    return bool(parsed(text, stemmed))


def matching(kind, text):
    """The primary keys of all records that a query finds, as a bitmap."""
    if connection.in_atomic_block:
        # What this transaction wrote others may never see.
        return _found(kind, text)
    return _remembered(kind, text, Counter.objects.current())


@lru_cache(maxsize=64)
def _remembered(kind, text, version):
    """For as long as nothing changes: readers page, and tick one box after another."""
    return _found(kind, text)


def _found(kind, text):
    return FrozenBitMap(Index(kind).matching(parsed(text, stemmed)))


def ranked(kind, text, limit=MOST_RANKED, among=None):
    """The primary keys of the best matches, best first; of ``among``, where given.

    Of many matches only the likeliest are compared: see ``Index.ranked``.
    """
    candidates = matching(kind, text)
    if among is not None:
        candidates = candidates & among
    return Index(kind).ranked(parsed(text, stemmed), candidates, limit)


def snippets(kind, keys, text):
    """Primary key → where the words of a query stand in these records. One query."""
    query = parsed(text, stemmed)
    documents = Document.objects.filter(kind=kind, record__in=keys)
    return {
        document.record: snippets_of(starmap(Part, document.parts), query)
        for document in documents
    }

"""What the rest of the site asks of search. Knows nothing of HTTP or of one database.

A query is any text; reading.py says what it means. Only what readers may see is found.
"""

from functools import lru_cache
from itertools import starmap
from typing import NamedTuple

from django.db import connection
from pyroaring import FrozenBitMap

from casebase.change_tracking.models import Counter
from casebase.search.documents import Part
from casebase.search.index import MOST_RANKED, Index
from casebase.search.models import Document
from casebase.search.query_parser import parsed
from casebase.search.query_tree import any_of
from casebase.search.snippets import snippets_of
from casebase.search.tokenizer import IN_ANY_LANGUAGE, stemmed, stemmed_in

KINDS = ("initiative", "reference", "concept")
# Terms have labels in several languages.
KEYS = {"concept": tuple(map(stemmed_in, IN_ANY_LANGUAGE))}


def read(text, kind="initiative"):
    """The query that a text is, as the index of this kind has its words."""
    return _read(text, KEYS.get(kind, (stemmed,)))


@lru_cache(maxsize=256)
def _read(text, keys):
    return parsed(text, *keys)


def has_words(text):
    """Whether there is anything to look for."""
    return bool(read(text))


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
    return FrozenBitMap(Index(kind).matching(read(text, kind)))


def ranked(kind, text, limit=MOST_RANKED, among=None):
    """The primary keys of the best matches, best first; of ``among``, where given.

    Of many matches only the likeliest are compared: see ``Index.ranked``.
    """
    candidates = matching(kind, text)
    if among is not None:
        candidates = candidates & among
    return Index(kind).ranked(read(text, kind), candidates, limit)


def forbidden(kind, text):
    """The primary keys of the records with something that a query does not want."""
    return Index(kind).matching(read(text, kind).forbidden)


class RuledOut(NamedTuple):
    """A query that finds nothing, in two texts: all with the one have the other too."""

    wanted: str
    unwanted: str


def ruled_out(text, number_of):
    """What a query of which nothing is left wants and does not want, if there is any
    with what it wants, else None. ``number_of`` counts what a text finds."""
    query = read(text)
    wanted, unwanted = query.hopes.meaning, query.forbidden.meaning
    if not (wanted and unwanted) or number_of(text) or not number_of(wanted):
        return None
    return RuledOut(wanted, unwanted)


def nearest(kind, text, others, limit):
    """The primary keys of records with some of a query's words, best first → the words
    that each has not. None of ``others``: those found, or forbidden."""
    return Index(kind).nearest(read(text, kind), others, limit)


def snippets(kind, keys, text, *, singly=False):
    """Primary key → where the words of a query stand in these records, phrases singly
    where so asked. One query."""
    query = read(text, kind)
    if singly:
        query = any_of(query.single_words)
    documents = Document.objects.filter(kind=kind, record__in=keys)
    return {
        document.record: snippets_of(starmap(Part, document.parts), query)
        for document in documents
    }

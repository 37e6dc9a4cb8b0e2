"""Documents as the index stores them: their keys, their words, and their texts as JSON.

Most texts are in very many documents, such as the labels of terms and the names of
places. So what the index stores of a text is kept for a while.
"""

import json
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain
from json.encoder import encode_basestring_ascii
from typing import NamedTuple

from casebase.search.documents import WEIGHTS, DocumentPart, Offer
from casebase.search.engine import Row
from casebase.search.index import Index
from casebase.search.models import Name
from casebase.search.searched_records import searched
from casebase.search.tokenizer import keys_of_words, stemmed_in, words
from casebase.search.vocabulary import spellings

# PostgreSQL indexes no more keys of one document. A case has about 1,000.
MOST_KEYS = 16_383
LONGEST_NAME = Name._meta.get_field("label").max_length


class IndexedPart(NamedTuple):
    """One text: the number of its weight, its keys in order, its words for the
    vocabulary, and the part as JSON."""

    weight: int
    keys: tuple[str, ...]
    words: tuple[str, ...]
    json: str


class IndexedDocument(NamedTuple):
    """All texts of a record: a list of keys for each weight, the words for the
    vocabulary, and the parts as JSON."""

    streams: list[list[str]]
    words: set[str]
    json: str


class Batch(NamedTuple):
    """Some documents of one kind, to be written by whoever rebuilds the index.

    ``documents`` and ``entries`` are rows of the table of documents and of the index.
    """

    kind: str
    documents: list[Row]
    entries: list[Row]


class Counts:
    """In how many documents each word and each offer is."""

    def __init__(self) -> None:
        self.words: Counter[str] = Counter()
        self.offers: Counter[Offer] = Counter()

    def add(self, words: Iterable[str], offers: Iterable[Offer]) -> None:
        """Count one more document, which has these words, each once."""
        self.words.update(words)
        self.offers.update(filter(is_suggested, offers))

    def subtract(self, words: Iterable[str], offers: Iterable[Offer]) -> None:
        self.words.subtract(words)
        self.offers.subtract(filter(is_suggested, offers))

    def include(self, other: "Counts") -> None:
        """Add all that other counts say."""
        self.words.update(other.words)
        self.offers.update(other.offers)


def is_suggested(offer: Offer) -> bool:
    """Whether the name is short enough for a line of suggestions and for its column."""
    return len(offer.label) <= LONGEST_NAME


@lru_cache(maxsize=2**14)
def index_part(part: DocumentPart) -> IndexedPart:
    # Keys and spellings are in lower case. To make it of all words at once takes less
    # time, but may change words that have other letters than those of ASCII.
    found = words(part.text.lower() if part.text.isascii() else part.text)
    return IndexedPart(
        weight=WEIGHTS.index(part.weight),
        keys=tuple(keys_of_words(found, stemmed_in(part.language))),
        words=tuple(spellings(found)),
        json=f"[{', '.join(map(encode_basestring_ascii, part))}]",
    )


def index_document(parts: Iterable[DocumentPart]) -> IndexedDocument:
    """Return what the index stores of a record with these texts."""
    streams: list[list[str]] = [[] for _ in WEIGHTS]
    indexed = list(map(index_part, parts))
    for part in indexed:
        streams[part.weight] += part.keys
    if sum(map(len, streams)) > MOST_KEYS:
        streams = _shortened(streams)
    stored = ", ".join([part.json for part in indexed])
    found = set(chain.from_iterable([part.words for part in indexed]))
    return IndexedDocument(streams, found, f"[{stored}]")


def _shortened(streams: list[list[str]]) -> list[list[str]]:
    left, found = MOST_KEYS, []
    for keys in streams:
        found.append(keys[:left])
        left -= len(found[-1])
    return found


def index_records(kind: str, keys: Iterable[int], counts: Counts) -> Batch:
    """Read and tokenize records with these primary keys, and add them to ``counts``."""
    documents, streams = [], {}
    for record, parts, offers in searched[kind].read(keys):
        document = index_document(parts)
        streams[record] = document.streams
        documents.append((kind, record, document.json, json.dumps(offers)))
        counts.add(document.words, offers)
    return Batch(kind, documents, Index(kind).rows(streams))

"""Documents as the index stores them: their keys, their words, and their texts as JSON.

Most texts are in very many documents, such as the labels of terms and the names of
places. So what the index stores of a text is kept for a while.
"""

import json
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from casebase.search.documents import WEIGHTS, DocumentPart
from casebase.search.engine import Row
from casebase.search.index import Index
from casebase.search.searched_records import searched
from casebase.search.tokenizer import keys_of_words, stemmed_in, words
from casebase.search.vocabulary import spellings

# PostgreSQL indexes no more keys of one document. A case has about 1,000.
MOST_KEYS = 16_383


class IndexedPart(NamedTuple):
    """One text: the number of its weight, its keys in order, its words for the
    vocabulary, and the part as JSON."""

    weight: int
    keys: tuple[str, ...]
    words: frozenset[str]
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
    ``words`` and ``offers`` say how many of the documents have each.
    """

    kind: str
    documents: list[Row]
    entries: list[Row]
    words: Counter[str]
    offers: Counter[tuple[str, str, str]]


@lru_cache(maxsize=2**14)
def index_part(part: DocumentPart) -> IndexedPart:
    found = words(part.text)
    return IndexedPart(
        weight=WEIGHTS.index(part.weight),
        keys=tuple(keys_of_words(found, stemmed_in(part.language))),
        words=frozenset(spelling for word in found for spelling in spellings(word)),
        json=json.dumps(part),
    )


def index_document(parts: Iterable[DocumentPart]) -> IndexedDocument:
    """Return what the index stores of a record with these texts."""
    streams: list[list[str]] = [[] for _ in WEIGHTS]
    found: set[str] = set()
    stored = []
    for part in parts:
        indexed = index_part(part)
        streams[indexed.weight] += indexed.keys
        found |= indexed.words
        stored.append(indexed.json)
    if sum(map(len, streams)) > MOST_KEYS:
        streams = _shortened(streams)
    return IndexedDocument(streams, found, f"[{', '.join(stored)}]")


def _shortened(streams: list[list[str]]) -> list[list[str]]:
    left, found = MOST_KEYS, []
    for keys in streams:
        found.append(keys[:left])
        left -= len(found[-1])
    return found


def index_records(kind: str, keys: Iterable[int]) -> Batch:
    """Read and tokenize records with these primary keys."""
    batch = Batch(kind, [], [], Counter(), Counter())
    streams: dict[int, Any] = {}
    for record, parts, offers in searched[kind].read(keys):
        document = index_document(parts)
        streams[record] = document.streams
        batch.documents.append((kind, record, document.json, json.dumps(offers)))
        batch.words.update(document.words)
        batch.offers.update(map(tuple, offers))
    batch.entries.extend(Index(kind).rows(streams))
    return batch

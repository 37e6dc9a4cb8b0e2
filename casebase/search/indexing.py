"""Updates the index when records change, and rebuilds it.

A record that was deleted, or that readers may not see, has no document.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import batched, islice

from django.db import transaction
from django.db.models import F

from casebase.change_tracking import models as changes
from casebase.progress_bar import Tracker
from casebase.search import name_index, vocabulary
from casebase.search.documents import WEIGHTS, DocumentPart
from casebase.search.index import Index
from casebase.search.models import Document
from casebase.search.searched_records import searched
from casebase.search.tokenizer import keys_of, stemmed_in

CHUNK = 500
# PostgreSQL indexes no more keys of one document. A case has about 1,000.
MOST_KEYS = 16_383


def update_index(touched: Mapping[str, Iterable[int]]) -> None:
    """Update the documents of these records: kind → primary keys.

    Call it in the transaction that writes the records. Other kinds are ignored.
    """
    counts = Counts()
    for kind in searched:
        for chunk in batched(sorted(touched.get(kind, ())), CHUNK):
            _update(kind, chunk, counts)
    counts.save()


def rebuild(track: Tracker = iter) -> None:
    """Rebuild the index in one transaction: readers see the old one until it ends.

    Nobody can write records meanwhile. ``track`` is called with an iterable of chunks
    and returns one of the same, to show the progress.
    """
    with transaction.atomic():
        changes.Counter.objects.select_for_update().get()
        vocabulary.clear()
        name_index.clear()
        counts = Counts()
        for kind, keys in track(_all_chunks()):
            _rewrite(kind, keys, counts)
        counts.save()


class Counts:
    """Changes in the number of documents that have each word or offer each name."""

    def __init__(self) -> None:
        self.words: Counter[str] = Counter()
        self.offers: Counter[tuple[str, str, str]] = Counter()

    def add(self, document: Document) -> None:
        self.words.update(vocabulary.words_of(document.parts))
        self.offers.update(map(tuple, document.offers))

    def subtract(self, document: Document) -> None:
        self.words.subtract(vocabulary.words_of(document.parts))
        self.offers.subtract(map(tuple, document.offers))

    def save(self) -> None:
        vocabulary.update_counts(self.words)
        name_index.update_counts(self.offers)
        # Caches depend on this number, so that they read the index again.
        changes.Counter.objects.update(version=F("version") + 1)


def _update(kind: str, keys: Collection[int], counts: Counts) -> None:
    """Write the documents that have changed."""
    before = {
        old.record: old for old in Document.objects.filter(kind=kind, record__in=keys)
    }
    after = {new.record: new for new in _documents(kind, keys)}
    same = {key for key in before if key in after and _is_same(before[key], after[key])}
    for key in before.keys() - same:
        counts.subtract(before[key])
    for key in after.keys() - same:
        counts.add(after[key])
    _erase(kind, before.keys() - after.keys())
    _write(kind, [after[key] for key in after.keys() - same])


def _is_same(one: Document, other: Document) -> bool:
    return (one.parts, one.offers) == (other.parts, other.offers)


def _rewrite(kind: str, keys: Collection[int], counts: Counts) -> None:
    """Write all of the documents, without comparing them with the index."""
    after = {new.record: new for new in _documents(kind, keys)}
    for document in after.values():
        counts.add(document)
    _erase(kind, set(keys) - after.keys())
    _write(kind, list(after.values()))


def _all_chunks() -> list[tuple[str, tuple[int, ...]]]:
    """Pairs of a kind and keys: of every visible record and all that is indexed."""
    chunks = []
    for kind, records in searched.items():
        documents = Document.objects.filter(kind=kind)
        keys = Index(kind).everything()
        keys.update(documents.values_list("record", flat=True))
        keys.update(records.visible().values_list("pk", flat=True))
        chunks += [(kind, chunk) for chunk in batched(keys, CHUNK)]
    return chunks


def _documents(kind: str, keys: Iterable[int]) -> Iterator[Document]:
    for record, parts, offers in searched[kind].read(keys):
        yield Document(
            kind=kind,
            record=record,
            parts=[list(part) for part in parts],
            offers=[list(offer) for offer in offers],
        )


def _erase(kind: str, records: Collection[int]) -> None:
    Document.objects.filter(kind=kind, record__in=records).delete()
    Index(kind).erase(records)


def _write(kind: str, documents: Collection[Document]) -> None:
    Document.objects.bulk_create(
        documents,
        update_conflicts=True,
        unique_fields=["kind", "record"],
        update_fields=["parts", "offers"],
    )
    Index(kind).write({one.record: _streams(one.parts) for one in documents})


def _streams(parts: Iterable[list[str]]) -> Iterator[list[str]]:
    """The keys of a document, a list for each weight."""
    left = MOST_KEYS
    for weight in WEIGHTS:
        texts = (DocumentPart(*part) for part in parts if part[0] == weight)
        keys = list(islice(_keys(texts), left))
        left -= len(keys)
        yield keys


def _keys(parts: Iterable[DocumentPart]) -> Iterator[str]:
    for part in parts:
        yield from keys_of([part.text], stemmed_in(part.language))

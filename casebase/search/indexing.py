"""Updates the index when records change.

A record that was deleted, or that readers may not see, has no document.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import batched, starmap

from django.db.models import F

from casebase.change_tracking import models as changes
from casebase.search import name_index, vocabulary
from casebase.search.documents import DocumentPart, Offer
from casebase.search.index import Index
from casebase.search.indexed_documents import (
    Counts,
    IndexedDocument,
    index_document,
)
from casebase.search.models import Document
from casebase.search.searched_records import searched

CHUNK = 500


def update_index(touched: Mapping[str, Iterable[int]]) -> None:
    """Update the documents of these records: kind → primary keys.

    Call it in the transaction that writes the records. Other kinds are ignored.
    """
    counts = Counts()
    for kind in searched:
        for chunk in batched(sorted(touched.get(kind, ())), CHUNK):
            _update(kind, chunk, counts)
    vocabulary.update_counts(counts.words)
    name_index.update_counts(counts.offers)
    raise_version()


def raise_version() -> None:
    """Make caches, which depend on this number, read the index again."""
    changes.Counter.objects.update(version=F("version") + 1)


def _update(kind: str, keys: Collection[int], counts: Counts) -> None:
    """Write the documents that have changed."""
    before = {
        old.record: old for old in Document.objects.filter(kind=kind, record__in=keys)
    }
    after = {new.record: new for new in _documents(kind, keys)}
    same = {key for key in before if key in after and _is_same(before[key], after[key])}
    for key in before.keys() - same:
        counts.subtract(_indexed(before[key]).words, _offers(before[key]))
    for key in after.keys() - same:
        counts.add(_indexed(after[key]).words, _offers(after[key]))
    _erase(kind, before.keys() - after.keys())
    _write(kind, [after[key] for key in after.keys() - same])


def _is_same(one: Document, other: Document) -> bool:
    return (one.parts, one.offers) == (other.parts, other.offers)


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
    Index(kind).write({one.record: _indexed(one).streams for one in documents})


def _indexed(document: Document) -> IndexedDocument:
    return index_document(starmap(DocumentPart, document.parts))


def _offers(document: Document) -> Iterator[Offer]:
    return starmap(Offer, document.offers)

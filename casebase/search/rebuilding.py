"""Rebuilds the whole index."""

from functools import partial
from itertools import batched
from typing import Any

from django.db import transaction

from casebase.change_tracking.transactions import lock_for_writing
from casebase.jobs.progress import Report, report_progress
from casebase.progress_bar import Tracker
from casebase.search import name_index, vocabulary
from casebase.search.index import Index, insert_rows, rebuilt
from casebase.search.indexed_documents import Counts
from casebase.search.indexing import CHUNK, raise_version
from casebase.search.models import Document
from casebase.search.reading_processes import read_chunks
from casebase.search.searched_records import searched

COLUMNS = ("kind", "record", "parts", "offers")


def rebuild(track: Tracker = iter) -> None:
    """Rebuild the index in one transaction: readers see the old one until it ends.

    Nobody can write records meanwhile. ``track`` is called with an iterable of chunks
    and returns one of the same, to show the progress.
    """
    with transaction.atomic():
        lock_for_writing()
        indexes = {kind: Index(kind) for kind in searched}
        with rebuilt([*indexes.values(), name_index.INDEX]):
            Document.objects.all().delete()
            counts = Counts()
            chunks = _all_chunks()
            batches = read_chunks(chunks, counts)
            for _, batch in zip(track(chunks), batches, strict=True):
                insert_rows("search_document", COLUMNS, batch.documents)
                indexes[batch.kind].append(batch.entries)
            vocabulary.replace(counts.words)
            name_index.replace(counts.offers)
        raise_version()


def rebuild_as_job(file: Any, report: Report) -> None:
    """Rebuild the index, as a job."""
    rebuild(track=partial(report_progress, report=report))


def _all_chunks() -> list[tuple[str, tuple[int, ...]]]:
    """Pairs of a kind and primary keys: of every visible record."""
    return [
        (kind, chunk)
        for kind, records in searched.items()
        for chunk in batched(
            records.visible().order_by("pk").values_list("pk", flat=True), CHUNK
        )
    ]

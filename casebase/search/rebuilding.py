"""Rebuilds the whole index, while others read it and save records."""

from functools import partial
from itertools import batched
from time import sleep
from typing import Any

from django.db import transaction

from casebase.change_tracking.models import Counter, Touched
from casebase.change_tracking.transactions import lock_for_writing
from casebase.jobs.progress import Report, report_progress
from casebase.progress_bar import Tracker
from casebase.search import name_index, vocabulary
from casebase.search.engine import TablesInUseError
from casebase.search.index import Index
from casebase.search.indexed_documents import Batch, Counts
from casebase.search.indexing import CHUNK, update_index
from casebase.search.models import Document, Name, Word
from casebase.search.new_tables import NewTables, Rows
from casebase.search.reading_processes import Chunk, read_chunks
from casebase.search.searched_records import searched
from casebase.site_lock import site_lock

BUSY = "The search index is being rebuilt already."
COLUMNS = ("kind", "record", "parts", "offers")
# Batches that are written in one transaction.
AT_ONCE = 4


def rebuild(track: Tracker = iter) -> None:
    """Rebuild the index beside the old one, which it replaces in the end.

    ``track`` is called with an iterable of chunks and returns one of the same, to show
    the progress. Raises BusyError if another process, on any machine, does it already.
    """
    with site_lock("rebuild-search", BUSY):
        while not _is_rebuilt(track):
            pass


def rebuild_as_job(file: Any, report: Report) -> None:
    """Rebuild the index, as a job."""
    rebuild(track=partial(report_progress, report=report))


def _is_rebuilt(track: Tracker) -> bool:
    """Rebuild the index once. Return False if it has to be done again, because nobody
    knows which records have changed in the meantime."""
    version = Counter.objects.current()
    tables = NewTables()
    with tables.filling():
        _fill(tables, track)
        tables.complete()
        while True:
            try:
                return _has_replaced(tables, version)
            except TablesInUseError:
                sleep(1)


def _fill(tables: NewTables, track: Tracker) -> None:
    chunks, counts = _all_chunks(), Counts()
    batches = read_chunks(chunks, counts)
    for written in batched(zip(track(chunks), batches, strict=True), AT_ONCE):
        tables.insert(*[rows for _, batch in written for rows in _rows(batch)])
    names, entries = name_index.all_rows(counts.offers)
    tables.insert(
        (Word._meta.db_table, vocabulary.COLUMNS, vocabulary.all_rows(counts.words)),
        (Name._meta.db_table, name_index.COLUMNS, names),
        (name_index.INDEX.table, name_index.INDEX.columns, entries),
    )


def _all_chunks() -> list[Chunk]:
    """Pairs of a kind and primary keys: of every visible record."""
    return [
        (kind, chunk)
        for kind, records in searched.items()
        for chunk in batched(
            records.visible().order_by("pk").values_list("pk", flat=True), CHUNK
        )
    ]


def _rows(batch: Batch) -> list[Rows]:
    index = Index(batch.kind)
    return [
        (Document._meta.db_table, COLUMNS, batch.documents),
        (index.table, index.columns, batch.entries),
    ]


def _has_replaced(tables: NewTables, version: int) -> bool:
    """Replace the old tables by new ones, and update in them what was touched after
    this version. Return False if nobody knows what that is."""
    with transaction.atomic():
        lock_for_writing()
        if Counter.objects.get().told_since > version:
            return False
        tables.replace()
        update_index(Touched.objects.since(version).by_kind())
    return True

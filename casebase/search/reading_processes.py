"""Processes that read and tokenize records while another process writes the index.

They import this module before Django is ready, so it imports no models.
"""

import gc
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from itertools import cycle, islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

import django
from django.db import connection, transaction
from psycopg import IsolationLevel

if TYPE_CHECKING:
    from casebase.search.indexed_documents import Batch, Counts

# A kind of records, and primary keys of some of them.
type Chunk = tuple[str, Sequence[int]]

# With fewer chunks it takes longer to start processes than to do without.
FEWEST_CHUNKS = 20
MOST_PROCESSES = 4
# Chunks that a process is asked for before its last answer is fetched.
AHEAD = 2
SNAPSHOT: dict[str, dict[str, Any]] = {
    "postgresql": {"isolation_level": IsolationLevel.REPEATABLE_READ},
    "sqlite": {"transaction_mode": "DEFERRED"},
}


def read_chunks(chunks: Sequence[Chunk], counts: "Counts") -> "Iterator[Batch]":
    """Read and tokenize chunks in their order. At the end, ``counts`` has all of them.

    The records of a chunk are as they were at one moment. Other processes read them if
    there are many chunks and all records have been committed, for they see only these.
    """
    if len(chunks) < FEWEST_CHUNKS or not _is_visible_to_others():
        yield from (_read_locked(chunk, counts) for chunk in chunks)
        return
    with _readers(min(os.cpu_count() or 1, MOST_PROCESSES)) as readers:
        later = iter(chunks)
        for reader, chunk in zip(readers * AHEAD, later, strict=False):
            reader.send(chunk)
        for reader, _ in zip(cycle(readers), chunks, strict=False):
            yield reader.recv()
            for chunk in islice(later, 1):
                reader.send(chunk)
        for reader in readers:
            reader.send(None)
            counts.include(reader.recv())


def _read_locked(chunk: Chunk, counts: "Counts") -> "Batch":
    """Read and tokenize a chunk while nobody writes, which does not take long."""
    from casebase.change_tracking.transactions import lock_for_writing

    with transaction.atomic():
        lock_for_writing()
        return _read(chunk, counts)


def _read(chunk: Chunk, counts: "Counts") -> "Batch":
    """Read and tokenize a chunk in one transaction."""
    from casebase.search.indexed_documents import index_records

    kind, keys = chunk
    with transaction.atomic():
        return index_records(kind, keys, counts)


def _is_visible_to_others() -> bool:
    """Whether this transaction is the outermost one, and the database a real one."""
    is_in_memory = connection.vendor == "sqlite" and connection.is_in_memory_db()
    return not connection.savepoint_ids and not is_in_memory


@contextmanager
def _readers(n: int) -> Iterator[list[Connection]]:
    """Start processes, and yield a connection to each."""
    context = get_context("spawn")
    settings = snapshot_settings()
    with ExitStack() as stack:
        connections = []
        for _ in range(n):
            ours, theirs = context.Pipe()
            process = context.Process(target=serve_chunks, args=(theirs, settings))
            process.start()
            theirs.close()
            # It ends when nobody asks it any more, also if this process is killed.
            stack.callback(process.join)
            connections.append(stack.enter_context(ours))
        yield connections


def snapshot_settings() -> dict[str, Any]:
    """Settings of the database by which each transaction of a reader sees one moment,
    and takes no lock."""
    settings = connection.settings_dict
    options = settings["OPTIONS"] | SNAPSHOT[connection.vendor]
    return {"NAME": settings["NAME"], "OPTIONS": options}


def serve_chunks(requests: Connection, settings: Mapping[str, Any]) -> None:
    """Answer each chunk with its batch, and None at the end with the counts of all.

    ``settings`` replace some of the database's. It also ends when the other side closes
    the connection.
    """
    django.setup()
    from casebase.search.indexed_documents import Counts

    connection.settings_dict.update(settings)
    # All that is made is kept or dropped at once; nothing refers to itself for long.
    gc.disable()
    counts = Counts()
    with suppress(EOFError, OSError):
        while chunk := requests.recv():
            requests.send(_read(chunk, counts))
            gc.collect(1)
        requests.send(counts)

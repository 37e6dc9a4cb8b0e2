"""The newest snapshot, cached in the memory of this process."""

from threading import Lock

from django.db import connection

from casebase.change_tracking.models import Counter, Touched
from casebase.change_tracking.replica_counter import (
    OutdatedReplicaError,
    replica_counter,
)
from casebase.facets.process_memory import release_memory
from casebase.facets.snapshot import Snapshot
from casebase.facets.snapshot_process import read_shared_snapshot

# Above both this number of touched records and this share of all records, reading all
# of them is faster than reading the touched ones.
MAX_TOUCHED, MAX_TOUCHED_SHARE = 1_000, 0.25


class SnapshotCache:
    """A cache of the newest snapshot, valid until the records change."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._snapshot: Snapshot | None = None

    def current(self) -> Snapshot:
        """Return the snapshot of all committed records.

        In a transaction, its own changes are included. One query, unless something has
        changed since the last call. Raises OutdatedReplicaError if the request reads
        from a replica that has an older version.
        """
        counter = Counter.objects.read()
        # An empty snapshot is falsy, so compare with None.
        if self._snapshot is not None and self._snapshot.version == counter.version:
            return self._snapshot
        if connection.in_atomic_block:
            # Not cached: other threads must not see changes that aren't committed.
            return build_snapshot(self._snapshot, counter)
        with self._lock:
            # Another thread may have updated it while this one waited for the lock.
            counter = Counter.objects.read()
            if self._snapshot is None:
                self._snapshot = read_shared_snapshot()
            raise_if_outdated(self._snapshot, counter)
            if self._snapshot is None or self._snapshot.version != counter.version:
                self._snapshot = build_snapshot(self._snapshot, counter)
            return self._snapshot


def raise_if_outdated(newest: Snapshot | None, counter: Counter) -> None:
    """Raise OutdatedReplicaError if a replica would take the process back.

    Going back would mean to read all records, as would coming forward again.
    """
    is_behind = newest is not None and newest.version > counter.version
    if is_behind and replica_counter.get() is not None:
        raise OutdatedReplicaError


def build_snapshot(previous: Snapshot | None, counter: Counter) -> Snapshot:
    """Return a snapshot of the current version, updating the previous one if possible.

    The version was read before the records, so that records that change in between are
    read again the next time.
    """
    if (
        previous is not None
        and counter.told_since <= previous.version <= counter.version
    ):
        touched = Touched.objects.since(previous.version).by_kind()
        limit = max(MAX_TOUCHED, MAX_TOUCHED_SHARE * len(previous))
        if sum(map(len, touched.values())) <= limit:
            return previous.updated(counter.version, touched)
    snapshot = Snapshot.build(counter.version)
    release_memory()
    return snapshot


current_snapshot = SnapshotCache().current

"""The cache of this process for the newest snapshot."""

import ctypes
from contextlib import suppress
from threading import Lock

from django.db import connection

from casebase.change_tracking.models import Counter, Touched
from casebase.facets.snapshot import Snapshot

# Reading all records is faster than reading more than so many touched ones.
FEW, SHARE = 1_000, 0.25


class SnapshotCache:
    """Holds the newest snapshot until the records change."""

    def __init__(self):
        self._lock = Lock()
        self._snapshot = None

    def current(self):
        """The snapshot of everything committed, and of what this transaction wrote.

        One query, unless something has changed since the last call.
        """
        counter = Counter.objects.get()
        # An empty snapshot is falsy, so compare with None.
        if self._snapshot is not None and self._snapshot.version == counter.version:
            return self._snapshot
        if connection.in_atomic_block:
            # Others may never see what this transaction wrote.
            return build_snapshot(self._snapshot, counter)
        with self._lock:
            # Another thread may have updated it meanwhile.
            counter = Counter.objects.get()
            if self._snapshot is None or self._snapshot.version != counter.version:
                self._snapshot = build_snapshot(self._snapshot, counter)
            return self._snapshot


def build_snapshot(previous, counter):
    """The snapshot of the present state, made from the previous one where possible.

    Its version was read before the records were, so what changes while they are read
    is read once more the next time.
    """
    if (
        previous is not None
        and counter.told_since <= previous.version <= counter.version
    ):
        touched = Touched.objects.since(previous.version).by_kind()
        if sum(map(len, touched.values())) <= max(FEW, SHARE * len(previous)):
            return previous.following(counter.version, touched)
    snapshot = Snapshot.of_everything(counter.version)
    give_back_memory()
    return snapshot


def give_back_memory():
    """Return memory to the system: reading all records takes much more than a snapshot.

    GNU's C library keeps it otherwise. Other C libraries have no such function.
    """
    with suppress(AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


current_snapshot = SnapshotCache().current

"""The snapshot that this process keeps, brought up to date by whoever asks for it."""

import ctypes
from contextlib import suppress
from threading import Lock

from django.db import connection

from casebase.change_tracking.models import Counter, Touched
from casebase.facets.snapshot import Snapshot

# To read more records than these one by one takes longer than to read all there are.
FEW, SHARE = 1_000, 0.25


class Keeper:
    """Holds the newest snapshot, as long as the version of the records is the same."""

    def __init__(self):
        self._lock = Lock()
        self._kept = None

    def current(self):
        """The snapshot of all that is committed, and of what this transaction wrote.

        One query, unless something has changed.
        """
        counter = Counter.objects.get()
        # One of no records is one as well.
        if self._kept is not None and self._kept.version == counter.version:
            return self._kept
        if connection.in_atomic_block:
            # What it has written others may never see: its snapshot is its own.
            return follow(self._kept, counter)
        with self._lock:
            # Another thread may have done it meanwhile.
            counter = Counter.objects.get()
            if self._kept is None or self._kept.version != counter.version:
                self._kept = follow(self._kept, counter)
            return self._kept


def follow(kept, counter):
    """The snapshot of the present state, made from an older one where that is enough.

    It bears the version that was read before the records were: what changes meanwhile
    is read once more the next time.
    """
    if kept is not None and counter.told_since <= kept.version <= counter.version:
        touched = Touched.objects.since(kept.version).by_kind()
        if sum(map(len, touched.values())) <= max(FEW, SHARE * len(kept)):
            return kept.following(counter.version, touched)
    snapshot = Snapshot.of_everything(counter.version)
    give_back_memory()
    return snapshot


def give_back_memory():
    """Reading everything takes several times the room that the index takes after it.

    GNU's C library keeps that for later, unless told; others have no such function.
    """
    with suppress(AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


current = Keeper().current

"""Watches the replicas: a thread of each process looks at them twice a second.

So no reader waits for a replica that is away, and all readers see a change within a
second, or ask the primary.
"""

import random
from contextlib import suppress
from functools import cache
from threading import Event, Lock, Thread

from django.db import DEFAULT_DB_ALIAS, Error, connection, connections

from casebase.change_tracking.models import Counter
from casebase.replicas.replica import Replica

LOOK_SECONDS = 0.5


class Replicas:
    """All replicas, and the version that the primary had at the last look, else 0."""

    def __init__(self, aliases: list[str]) -> None:
        self.all = [Replica(alias) for alias in aliases]
        self.version = 0
        self.stopping = Event()
        self.thread: Thread | None = None
        self._lock = Lock()

    @property
    def primary_answers(self) -> bool:
        """Whether the primary answered at the last look."""
        return bool(self.version)

    def used(self) -> list[Replica]:
        """Return those that can be read from, in random order."""
        used = [replica for replica in self.all if replica.is_used]
        return random.sample(used, len(used))

    def watch(self) -> None:
        """Start the thread, unless it runs. A forked process has none of its parent."""
        with self._lock:
            if self.thread is None or not self.thread.is_alive():
                self.thread = Thread(target=self._look_again, daemon=True)
                self.thread.start()

    def _look_again(self) -> None:
        try:
            while not self.stopping.is_set():
                self.look()
                self.stopping.wait(LOOK_SECONDS)
        finally:
            connections.close_all()

    def look(self) -> None:
        """Leave out replicas without a version that the primary had at the last look.

        While the primary does not answer, every version is good enough.
        """
        for replica in self.all:
            replica.look(self.version)
        try:
            self.version = Counter.objects.get().version
        except (Error, Counter.DoesNotExist):
            self.version = 0
            with suppress(Error):
                connection.close()


@cache
def all_replicas() -> Replicas:
    """Return the replicas of the settings, the same in each call."""
    return Replicas([alias for alias in connections if alias != DEFAULT_DB_ALIAS])

"""A replica: reading a snapshot of it, and leaving it out while it fails or lags."""

import logging
from contextlib import suppress
from threading import Lock
from typing import Any

from django.db import Error, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.dispatch import receiver

from casebase.change_tracking.models import Counter

LATE = "It lacks changes that the primary has had for a while."

logger = logging.getLogger(__name__)


class Replica:
    """A replica, as this process knows it. Its threads share it."""

    def __init__(self, alias: str) -> None:
        self.alias = alias
        # Not before somebody has looked at it.
        self.is_used = False
        # Why it is left out; empty while it is used, and before somebody has looked.
        self.reason = ""
        self.outages = 0
        self._lock = Lock()

    @property
    def connection(self) -> BaseDatabaseWrapper:
        """The connection of this thread."""
        connection: BaseDatabaseWrapper = connections[self.alias]
        return connection

    def begin(self) -> Any:
        """Begin to read one snapshot, and return its Counter.

        Returns None, and leaves the replica out, if it does not answer.
        """
        try:
            return Counter.objects.using(self.alias).get()
        except (Error, Counter.DoesNotExist) as error:
            self.end()
            self.leave_out(str(error))
        return None

    def end(self) -> None:
        """End reading. A connection that is broken is closed."""
        try:
            self.connection.rollback()
        except Error:
            with suppress(Error):
                self.connection.close()

    def look(self, least: int) -> None:
        """Use the replica from now on if it answers with this version or a later one.

        Otherwise leave it out.
        """
        if counter := self.begin():
            self.end()
            if counter.version < least:
                self.leave_out(LATE)
            else:
                self.take_in()

    def leave_out(self, reason: str) -> None:
        """Don't read from it until a look finds it well. Logged once per outage."""
        with self._lock:
            if not self.reason:
                self.outages += 1
                logger.warning("%s is left out: %s", self.alias, reason)
            self.is_used, self.reason = False, reason.strip() or "It does not answer."

    def take_in(self) -> None:
        with self._lock:
            if self.reason:
                logger.warning("%s is used again", self.alias)
            self.is_used, self.reason = True, ""


@receiver(connection_created)
def forbid_writing(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Receive connection_created: a connection to a replica can only read.

    A standby refuses writes itself. An address may be that of another server by
    mistake.
    """
    if connection.settings_dict.get("IS_REPLICA"):
        connection.connection.read_only = True

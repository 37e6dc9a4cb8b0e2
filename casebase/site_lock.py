"""Locks that one process of the whole site can hold at a time, on any machine."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import DatabaseError, connection

from casebase.semaphore import BusyError, FileSemaphore

# The lock belongs to a transaction, because a connection pool may give the session to
# others between transactions.
TRY_LOCK = "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))"


@contextmanager
def site_lock(name: str, message: str) -> Iterator[None]:
    """Hold the lock of this name, which ends with its process at the latest.

    Raises ``BusyError`` with the message if another process holds it.
    """
    if connection.vendor == "sqlite":
        # The file of the database is on this machine, and so are all processes.
        with FileSemaphore(name, 1, message).acquire():
            yield
        return
    # A connection of its own, whose transaction does nothing else.
    holder = connection.copy()
    try:
        holder.set_autocommit(False)
        with holder.cursor() as cursor:
            cursor.execute(TRY_LOCK, [f"casebase {name}"])
            if cursor.fetchone() != (True,):
                raise BusyError(message, name)
        yield
    finally:
        # If we left in the middle of a transaction, PgBouncer would close its own
        # connection to the server, too.
        with suppress(DatabaseError):
            holder.rollback()
        holder.close()

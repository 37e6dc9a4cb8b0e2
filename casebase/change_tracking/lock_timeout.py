"""Limits on waiting for SQLite's write lock, which one connection at a time can hold.

A request that waits occupies one of the site's few threads.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from django.db import OperationalError, connection

from casebase.semaphore import BusyError

# How many threads of a worker may wait for the write lock; see gunicorn.conf.py.
# Anonymous readers have a semaphore of their own, so that any number of them leaves
# room for curators.
SIGNED_IN_SEMAPHORE, ANONYMOUS_SEMAPHORE = BoundedSemaphore(2), BoundedSemaphore(1)


class WriteLockError(BusyError):
    """The write lock was not free in time, or too many threads wait for it already."""

    def __init__(self) -> None:
        super().__init__(
            "Many changes are being saved right now. Try again in a minute.",
            "write-lock",
        )


@contextmanager
def write_lock_timeout(seconds: int) -> Iterator[None]:
    """Set how long this block waits for SQLite's write lock, in seconds.

    Raises WriteLockError when the time is up. On PostgreSQL, where several
    transactions can write at a time, this does nothing.
    """
    if connection.vendor == "postgresql":
        yield
        return
    previous = set_busy_timeout(seconds * 1000)
    try:
        yield
    except OperationalError as error:
        if "locked" not in str(error):
            raise
        raise WriteLockError from error
    finally:
        set_busy_timeout(previous)


@contextmanager
def permit_to_wait(semaphore: BoundedSemaphore) -> Iterator[None]:
    """Hold a permit of the semaphore while this block waits for SQLite's write lock.

    Raises WriteLockError if no permit is left. On PostgreSQL this does nothing.
    """
    if connection.vendor == "postgresql":
        yield
        return
    if not semaphore.acquire(blocking=False):
        raise WriteLockError
    try:
        yield
    finally:
        semaphore.release()


def set_busy_timeout(milliseconds: int) -> int:
    """Set SQLite's busy timeout. Returns the previous one, in milliseconds.

    https://www.sqlite.org/pragma.html#pragma_busy_timeout
    """
    connection.ensure_connection()
    # Executed on the driver's connection, so that Django doesn't count a query.
    pragma = connection.connection.execute
    [previous] = pragma("PRAGMA busy_timeout").fetchone()
    pragma(f"PRAGMA busy_timeout = {milliseconds}")
    return previous

"""How long to wait for who else writes: SQLite lets in one at a time.

Whoever waits keeps a thread of the site, of which there are few, from everybody else.
"""

from contextlib import contextmanager
from threading import BoundedSemaphore

from django.db import OperationalError, connection

from casebase.semaphore import BusyError

# Of a worker's threads so many may wait for who else writes: see gunicorn.conf.py.
# Strangers, of whom there may be any number, take no place of those at the desk.
AT_DESK, STRANGERS = BoundedSemaphore(2), BoundedSemaphore(1)


class InLineError(BusyError):
    """Somebody else writes, and for longer than there is patience."""

    def __init__(self):
        super().__init__("Very much is being brought in. Try again in a minute.")


@contextmanager
def waiting(seconds):
    """Who begins to write in here waits so long at most. Raises InLineError then.

    On PostgreSQL many write at once, and whoever holds them up is not waited for here.
    """
    if connection.vendor == "postgresql":
        yield
        return
    usual = set_timeout(seconds * 1000)
    try:
        yield
    except OperationalError as error:
        if "locked" not in str(error):
            raise
        raise InLineError from error
    finally:
        set_timeout(usual)


@contextmanager
def in_line(places):
    """A place to wait at, for who begins to write. Raises InLineError where none is.

    On PostgreSQL nobody waits to begin.
    """
    if connection.vendor == "postgresql":
        yield
        return
    if not places.acquire(blocking=False):
        raise InLineError
    try:
        yield
    finally:
        places.release()


def set_timeout(milliseconds):
    """What it was before. https://www.sqlite.org/pragma.html#pragma_busy_timeout"""
    connection.ensure_connection()
    # Of the connection, where Django counts no query.
    pragma = connection.connection.execute
    [before] = pragma("PRAGMA busy_timeout").fetchone()
    pragma(f"PRAGMA busy_timeout = {milliseconds}")
    return before

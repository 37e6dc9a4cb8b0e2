"""Two writers at the same time, on PostgreSQL, which lets several write at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, transaction

COUNT_WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"

postgresql_only = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has one writer at a time"
)


def run_concurrently(first, second):
    """Return the result of ``second``, which starts before ``first`` has committed.

    ``second`` runs in another thread; ``first`` commits when ``second`` waits for it.
    """

    def run_second():
        try:
            return second()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as others:
        with transaction.atomic():
            first()
            later = others.submit(run_second)
            wait_until_blocked(later)
        return later.result()


def wait_until_blocked(future):
    """Wait until a connection waits for a lock. Fail if the future ends first."""
    with connection.cursor() as cursor:
        waiting = 0
        while not waiting:
            assert not future.done()
            waiting = cursor.execute(COUNT_WAITING).fetchone()[0]

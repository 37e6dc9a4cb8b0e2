"""Two acts at the same moment, on PostgreSQL, where many write at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, transaction

from tests.change_tracking.test_order import WAITING

many_write = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has one writer at a time"
)


def meanwhile(first, second):
    """What the second act gives, which begins before the first has committed."""

    def act():
        try:
            return second()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as others, connection.cursor() as cursor:
        with transaction.atomic():
            first()
            later = others.submit(act)
            waiting = 0
            while not waiting:
                assert not later.done()
                waiting = cursor.execute(WAITING).fetchone()[0]
        return later.result()

"""Temporary tables in PostgreSQL, which live as long as a transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from casebase.change_tracking.triggers import UNTRACKED

CREATE = 'CREATE TEMPORARY TABLE "{}" (LIKE "{}" INCLUDING ALL) ON COMMIT DROP'
START = 'ALTER TABLE "{}" ALTER COLUMN "{}" RESTART WITH {}'
SEQUENCE = "pg_get_serial_sequence(quote_ident(%s), %s)"
LAST = f"SELECT coalesce(pg_sequence_last_value({SEQUENCE}), 0)"
NEW_LAST = 'SELECT max("{}") FROM "{}"'
ADVANCE = f"SELECT setval({SEQUENCE}, %s)"

# One transaction, for a pool may give the next one another connection.
session = reading_transaction = transaction.atomic


@contextmanager
def without_triggers() -> Iterator[None]:
    """Write without noting what is touched, until the block or the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL {UNTRACKED} = 'on'")
        yield
        cursor.execute(f"SET LOCAL {UNTRACKED} = 'off'")


def create(options: Any, name: str, last: int) -> None:
    """Create a temporary table with the constraints of a model’s, without rows.

    The primary keys of its rows follow ``last``.
    """
    with connection.cursor() as cursor:
        cursor.execute(CREATE.format(name, options.db_table))
        if options.auto_field:
            cursor.execute(START.format(name, options.pk.column, last + 1))


def last_key(options: Any) -> int:
    """Return the last primary key that the table gave; 0 if it gives none."""
    if not options.auto_field:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(LAST, [options.db_table, options.pk.column])
        return int(cursor.fetchone()[0])


def advance(options: Any) -> None:
    """Let the next primary keys follow those that were inserted."""
    if options.auto_field:
        column, table, last = options.pk.column, options.db_table, last_key(options)
        with connection.cursor() as cursor:
            cursor.execute(NEW_LAST.format(column, table))
            if (new := cursor.fetchone()[0]) and new > last:
                cursor.execute(ADVANCE, [table, column, new])

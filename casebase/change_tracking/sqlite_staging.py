"""Temporary tables in SQLite, which are in a database of their own, without locks."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from django.db import connection, transaction

REFERENCE = re.compile(
    r' REFERENCES "\w+" \("\w+"\)( ON DELETE [A-Z]+)?( DEFERRABLE INITIALLY DEFERRED)?'
)
OWN = "SELECT sql FROM sqlite_master WHERE tbl_name = %s AND sql != '' AND type = %s"
LAST = "SELECT seq FROM main.sqlite_sequence WHERE name = %s"
START = "INSERT INTO temp.sqlite_sequence (name, seq) VALUES (%s, %s)"

# The temporary tables stay until the connection is closed.
session = nullcontext


@contextmanager
def reading_transaction() -> Iterator[None]:
    """Open a transaction without taking the lock of writers.

    It must not write to any table that is not temporary.
    """
    mode = connection.transaction_mode
    connection.transaction_mode = "DEFERRED"
    try:
        with transaction.atomic():
            yield
    finally:
        connection.transaction_mode = mode


@contextmanager
def without_triggers() -> Iterator[None]:
    """Write without noting what is touched. Nobody else can write in the meantime."""
    switch = connection.connection.setconfig
    switch(sqlite3.SQLITE_DBCONFIG_ENABLE_TRIGGER, False)
    try:
        yield
    finally:
        switch(sqlite3.SQLITE_DBCONFIG_ENABLE_TRIGGER, True)


def create(options: Any, name: str, last: int) -> None:
    """Create a temporary table with the constraints of a model’s, without rows.

    The primary keys of its rows follow ``last``.
    """
    table = options.db_table
    with connection.cursor() as cursor:
        for kind in ("table", "index"):
            cursor.execute(OWN, [table, kind])
            for (statement,) in cursor.fetchall():
                cursor.execute(temporary(statement, table, name))
        if options.auto_field:
            cursor.execute(START, [name, last])


def temporary(statement: str, table: str, name: str) -> str:
    """Return a statement that makes the same table, or index, in the temporary one."""
    if "INDEX" in statement.partition(" ON ")[0]:
        statement = statement.replace('INDEX "', 'INDEX temp."', 1)
        return statement.replace(f'ON "{table}"', f'ON "{name}"', 1)
    made = statement.replace(f'TABLE "{table}"', f'TEMP TABLE "{name}"', 1)
    return REFERENCE.sub("", made)


def last_key(options: Any) -> int:
    """Return the last primary key that the table gave; 0 if it gives none."""
    with connection.cursor() as cursor:
        cursor.execute(LAST, [options.db_table])
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def advance(options: Any) -> None:
    """Do nothing: SQLite counts the primary keys that are inserted."""

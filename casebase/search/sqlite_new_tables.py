"""New tables for the index in SQLite.

They are written in short transactions, so that others can write in between. A process
that is killed leaves its tables, which are dropped the next time.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from time import sleep
from typing import Any

from django.db import connection, transaction

from casebase.search import sqlite
from casebase.search.engine import Row
from casebase.sql import execute, fetch_all

TABLE = "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = %s"
INDEXES = """
SELECT name, sql FROM sqlite_master
WHERE type = 'index' AND tbl_name = %s AND sql IS NOT NULL
"""
INSERT = 'INSERT INTO "{}_new" ({}) VALUES ({})'
SET = "INSERT INTO {table}_new ({table}_new, rank) VALUES (%s, %s)"
# Options of FTS5. It sorts and writes new entries when it has collected so many bytes:
# the more, the less is to be merged. What it has written is merged at the end, so that
# no transaction takes long.
FILLING = {"hashsize": 2**25, "automerge": 0, "crisismerge": 1999}
FILLED = {"hashsize": 2**20, "automerge": 4, "crisismerge": 16}
# Pages of 4 kB that one transaction merges.
PAGES = 1000
# Rows that one transaction deletes of a table that is to be dropped.
ROWS = 2000
# Seconds between transactions. SQLite has no queue: who waits for the lock looks for it
# now and then, and would hardly ever find it free.
PAUSE = 0.02
# The first rows of FTS5's own table say what it has; without them it can't be dropped.
DELETE = """
DELETE FROM "{table}"
WHERE rowid IN (SELECT rowid FROM "{table}" WHERE rowid > 10 LIMIT %s)
"""

writing = transaction.atomic


@contextmanager
def filling(tables: Collection[str]) -> Iterator[None]:
    """Drop what an earlier process has left, and at the end what is not needed."""
    _drop_beside(tables)
    try:
        yield
    finally:
        _drop_beside(tables)


def copy(table: str) -> None:
    """Create a new table with the same columns and constraints, without indexes."""
    [(statement,)] = fetch_all(TABLE, [table])
    execute(statement.replace(f'"{table}"', f'"{table}_new"', 1))


def create(table: str) -> None:
    """Create a new table for an index."""
    sqlite.create(f"{table}_new")
    _set_options(table, FILLING)


def insert(table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
    marks = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(INSERT.format(table, ", ".join(columns), marks), rows)


def complete(tables: Iterable[str]) -> None:
    """Merge what FTS5 has written: https://www.sqlite.org/fts5.html#the_merge_command"""
    for table in tables:
        # A negative number merges all, in this call and those that follow.
        is_merged = _has_merged(table, -PAGES)
        while is_merged:
            sleep(PAUSE)
            is_merged = _has_merged(table, PAGES)
        _set_options(table, FILLED)


def _has_merged(table: str, pages: int) -> bool:
    """Merge so many pages. Return whether there was something to be merged."""
    raw: Any = connection.connection
    with transaction.atomic():
        before = raw.total_changes
        execute(SET.format(table=table), ["merge", pages])
        return bool(raw.total_changes - before >= 2)


def replace(of_models: Iterable[str], of_indexes: Iterable[str]) -> None:
    """Let the new tables replace the old ones, which stay beside them."""
    for table in (*of_models, *of_indexes):
        indexes = fetch_all(INDEXES, [table])
        for name, _ in indexes:
            execute(f'DROP INDEX "{name}"')
        execute(f'ALTER TABLE "{table}" RENAME TO "{table}_old"')
        execute(f'ALTER TABLE "{table}_new" RENAME TO "{table}"')
        for _, statement in indexes:
            execute(statement)


def _drop_beside(tables: Iterable[str]) -> None:
    for table in tables:
        for name in (f"{table}_new", f"{table}_old"):
            # The last two are FTS5's own.
            for part in (name, f"{name}_content", f"{name}_data"):
                _empty(part)
            execute(f'DROP TABLE IF EXISTS "{name}"')


def _empty(table: str) -> None:
    """Delete nearly all rows of an ordinary table, in short transactions.

    Dropping a large table takes long, and nobody else could write meanwhile.
    """
    statements = fetch_all(TABLE, [table])
    while statements and not statements[0][0].startswith("CREATE VIRTUAL"):
        with connection.cursor() as cursor:
            cursor.execute(DELETE.format(table=table), [ROWS])
            if not cursor.rowcount:
                return
        sleep(PAUSE)


def _set_options(table: str, options: dict[str, int]) -> None:
    for option in options.items():
        execute(SET.format(table=table), option)

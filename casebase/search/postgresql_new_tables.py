"""New tables for the index in PostgreSQL.

One transaction fills them, which locks nobody out, and of which nothing is left if the
process is killed.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from typing import Any

from django.db import connection, transaction
from psycopg.errors import LockNotAvailable

from casebase.search.engine import Row, TablesInUseError
from casebase.search.postgresql import access_method
from casebase.sql import execute, fetch_all

COPY = "CREATE TABLE {table}_new (LIKE {table} INCLUDING ALL)"
CREATE = """
CREATE TABLE {table}_new (record bigint NOT NULL, vector tsvector NOT NULL)
WITH (toast_tuple_target = 128)
"""
# All see the rows at once, as nobody saw the table before.
INSERT = "COPY {}_new ({}) FROM STDIN WITH (FREEZE)"
INDEX = """
ALTER TABLE {table}_new ADD PRIMARY KEY (record);
CREATE INDEX {table}_new_vector ON {table}_new USING {method}
"""
# For sorting the keys of an index.
MEMORY = "256MB"
REPLACE = """
DROP TABLE {table};
ALTER TABLE {table}_new RENAME TO {table};
"""
RENAME_INDEXES = """
ALTER INDEX {table}_new_pkey RENAME TO {table}_pkey;
ALTER INDEX {table}_new_vector RENAME TO {table}_vector
"""
# The indexes of a table in an order that is that of another one like it.
INDEXES = """
SELECT relname FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
WHERE indrelid = %s::regclass
ORDER BY indkey::text, indclass::text, indisprimary, indisunique
"""
SEQUENCE = "SELECT pg_get_serial_sequence(%s, 'id')"
# The next primary keys follow those that were given.
CONTINUE = "SELECT setval('{table}_id_seq', (SELECT max(id) FROM {table}))"

writing = nullcontext


@contextmanager
def filling(tables: Collection[str]) -> Iterator[None]:
    """Fill new tables for these in one transaction, which drops those that have
    replaced nothing."""
    with transaction.atomic():
        yield
        for table in tables:
            execute(f"DROP TABLE IF EXISTS {table}_new")


def copy(table: str) -> None:
    """Create a new table with the same columns, constraints and indexes."""
    execute(COPY.format(table=table))


def create(table: str) -> None:
    """Create a new table for an index."""
    execute(CREATE.format(table=table))


def insert(table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
    statement = INSERT.format(table, ", ".join(columns))
    with connection.cursor() as cursor, cursor.copy(statement) as copying:
        for row in rows:
            copying.write_row(row)


def complete(tables: Iterable[str]) -> None:
    execute(f"SET LOCAL maintenance_work_mem = '{MEMORY}'")
    method = access_method()
    for table in tables:
        execute(INDEX.format(table=table, method=method))


def replace(of_models: Sequence[str], of_indexes: Sequence[str]) -> None:
    """Let the new tables replace the old ones, which are dropped."""
    _lock([*of_models, *of_indexes])
    for table in of_models:
        _replace_as_django_knows_it(table)
    for table in of_indexes:
        execute(REPLACE.format(table=table) + RENAME_INDEXES.format(table=table))


def _lock(tables: Iterable[str]) -> None:
    """Lock the tables until the transaction ends.

    Raises TablesInUseError if somebody reads them: a dump may take hours, and whoever
    wants to read them waits for as long as we try.
    """
    raw: Any = connection.connection
    with raw.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '0.2s'")
        try:
            cursor.execute(f"LOCK TABLE {', '.join(tables)} IN ACCESS EXCLUSIVE MODE")
        except LockNotAvailable as error:
            raise TablesInUseError from error
        cursor.execute("SET LOCAL lock_timeout TO DEFAULT")


def _replace_as_django_knows_it(table: str) -> None:
    """Replace a table of a model, and keep the names by which migrations find indexes
    and constraints. PostgreSQL gives others to those of a table that is like another.
    """
    indexes = fetch_all(INDEXES, [table]), fetch_all(INDEXES, [f"{table}_new"])
    execute(REPLACE.format(table=table))
    for (name,), (new,) in zip(*indexes, strict=True):
        execute(f"ALTER INDEX {new} RENAME TO {name}")
    [(sequence,)] = fetch_all(SEQUENCE, [table])
    execute(f"ALTER SEQUENCE {sequence} RENAME TO {table}_id_seq")
    execute(CONTINUE.format(table=table))

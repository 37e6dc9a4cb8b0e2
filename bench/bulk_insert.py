"""Inserts many rows into the database as fast as possible."""

from collections.abc import Iterable
from typing import Any

from django.core.management.color import no_style
from django.db import connection


def insert_rows(rows: dict[Any, list[dict[str, Any]]]) -> None:
    """Insert rows by model: mappings of column attributes to values.

    Missing columns get the field's default. Only the database validates the rows.
    Sequences continue after the primary keys that the rows contain.
    """
    for model, given in rows.items():
        columns = [f for f in model._meta.concrete_fields if is_inserted(f, given)]
        defaults = {
            f.attname: f.get_db_prep_save(f.get_default(), connection) for f in columns
        }
        table, names = model._meta.db_table, [f.column for f in columns]
        insert_tuples(table, names, (tuple((defaults | row).values()) for row in given))
    reset = connection.ops.sequence_reset_sql(no_style(), list(rows))
    with connection.cursor() as cursor:
        for statement in reset:
            cursor.execute(statement)


def is_inserted(field: Any, rows: list[dict[str, Any]]) -> bool:
    """Whether the column is inserted; a missing primary key is left to the database."""
    return not field.primary_key or any(field.attname in row for row in rows[:1])


def insert_tuples(
    table: str, names: list[str], rows: Iterable[tuple[Any, ...]]
) -> None:
    columns = ", ".join(f'"{name}"' for name in names)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f'COPY "{table}" ({columns}) FROM STDIN') as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(names))
            statement = f'INSERT INTO "{table}" ({columns}) VALUES ({marks})'  # noqa: S608
            cursor.executemany(statement, rows)

"""Checks a condition on the columns of many unsaved records, many at a time."""

from collections.abc import Sequence
from itertools import batched, chain, islice, repeat
from typing import Any

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.db.models.sql import Query

# The records as rows: their number and the columns of the condition.
SATISFYING = (
    "WITH record (n, {columns}) AS (VALUES {rows}) SELECT n FROM record {where}"
)
# Records of a query. SQLite keeps what it has parsed, so all queries have as many rows:
# those of thousands of rows, each another number, took 60 MB.
ROWS = 50


def records_that_satisfy(records: Sequence[Any], condition: Q) -> list[Any]:
    """Return those of the records, of one model, for which the condition is true.

    One query for 50 records. The values have to fit their columns.
    """
    fields = [
        field
        for field in records[0]._meta.concrete_fields
        if field.name in condition.referenced_base_fields
    ]
    types = ", ".join(f"CAST(%s AS {field.db_type(connection)})" for field in fields)
    where, conditions = where_clause(condition, fields)
    statement = SATISFYING.format(
        columns=", ".join(quoted(field) for field in fields),
        rows=", ".join([f"(%s, {types})"] * ROWS),
        where=where,
    )
    found: set[int] = set()
    with connection.cursor() as cursor:
        for some in batched(enumerate(records), ROWS):
            rows = [(n, *values_of(record, fields)) for n, record in some]
            filled = islice(chain(rows, repeat(rows[-1])), ROWS)
            cursor.execute(statement, [*chain.from_iterable(filled), *conditions])
            found.update(n for (n,) in cursor.fetchall())
    return [records[n] for n in sorted(found)]


def where_clause(condition: Q, fields: Sequence[Any]) -> tuple[str, Sequence[Any]]:
    """Return the condition as SQL with its parameters."""
    query = Query(None)
    for field in fields:
        column = RawSQL(quoted(field), (), output_field=field)  # noqa: S611 -- a column
        query.add_annotation(column, field.name, select=False)
    query.add_q(condition)
    sql, parameters = query.get_compiler(connection=connection).compile(query.where)
    return f"WHERE {sql}", parameters


def quoted(field: Any) -> str:
    return str(connection.ops.quote_name(field.column))


def values_of(record: Any, fields: Sequence[Any]) -> list[Any]:
    return [
        field.get_db_prep_save(getattr(record, field.attname), connection)
        for field in fields
    ]

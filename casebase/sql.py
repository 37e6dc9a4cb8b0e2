"""Statements in SQL of our own, on the default database."""

from collections.abc import Sequence
from typing import Any

from django.db import connection


def execute(statement: str, parameters: Sequence[Any] = ()) -> None:
    """Execute a statement. Without parameters, its “%” are no marks."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters or None)


def fetch_all(statement: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Return all rows of a query, as tuples."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters or None)
        return cursor.fetchall()

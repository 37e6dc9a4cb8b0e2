"""Measures the queries of every connection to a database."""

from collections.abc import Callable
from functools import cache
from time import perf_counter
from typing import Any

from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper
from prometheus_client import Histogram

from casebase.monitoring.metrics import DATABASE_ERRORS, DATABASE_SECONDS


def measure_connection(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Measure all queries of a connection, which may have been opened before."""
    if measure_query not in connection.execute_wrappers:
        connection.execute_wrappers.append(measure_query)


def measure_query(
    execute: Callable[..., Any],
    sql: str,
    params: Any,
    many: bool,
    context: dict[str, Any],
) -> Any:
    """Execute the query, and count its time and its error.

    https://docs.djangoproject.com/en/stable/topics/db/instrumentation/
    """
    database = context["connection"].alias
    started = perf_counter()
    try:
        return execute(sql, params, many, context)
    except DatabaseError as error:
        DATABASE_ERRORS.labels(database, type(error).__name__).inc()
        raise
    finally:
        timer_of(database).observe(perf_counter() - started)


@cache
def timer_of(database: str) -> Histogram:
    return DATABASE_SECONDS.labels(database)

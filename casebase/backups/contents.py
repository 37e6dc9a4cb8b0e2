"""Reads what is in a database, and makes a restored one new to whoever knew it."""

import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db import connection

from casebase.backups.manifest import Contents
from casebase.change_tracking.models import Counter

type Query = Callable[[str], Iterable[tuple[Any, ...]]]


def contents_of(query: Query, tables: Iterable[str]) -> Contents:
    """Return what these tables contain. ``query`` runs SQL and returns the rows."""
    return Contents(
        migrations=sorted(query("SELECT app, name FROM django_migrations")),
        counter=next(iter(query("SELECT version FROM changes_counter")))[0],
        counts={
            table: next(iter(query(f'SELECT count(*) FROM "{table}"')))[0]  # noqa: S608
            for table in sorted(tables)
        },
    )


def next_counter(restored: int) -> int:
    """Return a version that neither the lost nor the restored records ever had.

    What processes, browsers and caches keep of a version would else be taken for what
    the restored records are at that version.
    """
    tables = connection.introspection.table_names()
    replaced = Counter.objects.current() if Counter._meta.db_table in tables else 0
    return max(restored + 1, replaced + 1, time.time_ns() // 1000)


def renewal(counter: int) -> Iterator[str]:
    """Yield the SQL that sets this version, and ends all sessions.

    A session that had been ended since the backup would be valid again.
    """
    yield (
        f"UPDATE changes_counter SET version = {counter:d}, told_since = {counter:d}, "  # noqa: S608
        "writer = 0"
    )
    yield "DELETE FROM django_session"

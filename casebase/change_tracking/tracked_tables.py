"""The registry of tracked tables, and of the records that a change of a row touches."""

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from casebase.registry import Registry


class IfChanged(NamedTuple):
    """Keys that an update of a row touches only if it changes one of these columns.

    For a row of which very many records show a part.
    """

    columns: Collection[str]
    keys: str


# Kind → table → SQL that selects, as ``key``, the primary keys of the records of this
# kind that a row of the table touches. {row} stands for the row that is written: for
# OLD or NEW in a trigger.
tracked: Registry[Mapping[str, str | IfChanged]] = Registry("change_tracking")

OWN_KEY = "SELECT {row}.id AS key"


def tracked_tables() -> list[str]:
    """Return the names of all tables with something that readers see, sorted."""
    return sorted({table for tables in tracked.values() for table in tables})


def touched_key_queries(table: str, row: str) -> Iterator[tuple[str, IfChanged]]:
    """Yield a kind, and the SQL of the keys that a row of this table touches.

    ``row`` is “OLD” or “NEW”. Without columns, every update touches them.
    """
    for kind, tables in tracked.items():
        if keys := tables.get(table):
            columns, keys = keys if isinstance(keys, IfChanged) else ((), keys)
            yield kind, IfChanged(columns, keys.format(row=row))

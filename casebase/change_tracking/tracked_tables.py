"""The registry of tracked tables, and of the records that a change of a row touches."""

from collections.abc import Iterator, Mapping

from casebase.registry import Registry

# Kind → table → SQL that selects, as ``key``, the primary keys of the records of this
# kind that a row of the table touches. {row} stands for the row that is written: for
# OLD or NEW in a trigger.
tracked: Registry[Mapping[str, str]] = Registry("change_tracking")

OWN_KEY = "SELECT {row}.id AS key"
# For a table that readers see but from which nothing is derived.
NO_RECORD = ""


def tracked_tables() -> list[str]:
    """Return the names of all tables with something that readers see, sorted."""
    return sorted({table for tables in tracked.values() for table in tables})


def touched_key_queries(table: str, row: str) -> Iterator[tuple[str, str]]:
    """Yield a kind and the SQL of the keys that a row of this table touches.

    ``row`` is “OLD” or “NEW”.
    """
    for kind, tables in tracked.items():
        if keys := tables.get(table, NO_RECORD):
            yield kind, keys.format(row=row)

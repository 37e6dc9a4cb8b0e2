"""Which tables are watched, and which records a change of their rows touches."""

from collections.abc import Iterator, Mapping

from casebase.registry import Registry

# Kind → table → SQL that selects the primary keys, called ``key``, of the records of
# that kind which a row of the table touches. {row} stands for the row that is written,
# as it was or as it is.
tracked: Registry[Mapping[str, str]] = Registry("change_tracking")

OWN = "SELECT {row}.id AS key"
# Of a table that readers see and from which nothing is derived.
NO_RECORD = ""


def tracked_tables() -> list[str]:
    """Every table with something that readers see."""
    return sorted({table for tables in tracked.values() for table in tables})


def touched_by(table: str, row: str) -> Iterator[tuple[str, str]]:
    """Pairs of a kind and the SQL of the keys that a row of this table touches."""
    for kind, tables in tracked.items():
        if keys := tables.get(table, NO_RECORD):
            yield kind, keys.format(row=row)

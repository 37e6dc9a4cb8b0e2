"""Snapshots: what lists are counted from, as of one version of the records.

A snapshot is immutable, so threads can share it.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Protocol, Self

from casebase.facets.rendered_records import RenderedRecords
from casebase.registry import Registry, kind_of


class FacetTable(Protocol):
    """What a snapshot contains of the records of one kind. A new table is empty."""

    def updated(self, keys: Collection[int] | None) -> Self:
        """Return a copy for which the records with these keys were read again.

        ``keys`` is None for all records. A fixed number of queries for 1,000 keys.
        """

    def __len__(self) -> int:
        """The number of records."""


# Kind of record → the class of its table.
faceted: Registry[Callable[[], Any]] = Registry("facets")
# Functions that read all records of several models from the same rows.
read_at_once: list[Callable[[], Mapping[Any, Any]]] = []


def reads_at_once[T: Callable[[], Mapping[Any, Any]]](read: T) -> T:
    """Register a function that returns model → table of all its records."""
    read_at_once.append(read)
    return read


@dataclass(frozen=True)
class Snapshot:
    """The records as of this version, or some of them as of a slightly later one."""

    version: int
    tables: Mapping[str, Any]
    # Function → what it built from this snapshot; see ``once_per_snapshot``.
    built: dict[Callable[..., Any], Any] = field(default_factory=dict, compare=False)
    rendered: RenderedRecords = field(default_factory=RenderedRecords, compare=False)

    @classmethod
    def build(cls, version: int) -> Self:
        """Read all records. A fixed number of queries."""
        tables = {
            kind_of(model): table
            for read in read_at_once
            for model, table in read().items()
        }
        for kind, table in faceted.items():
            if kind not in tables:
                tables[kind] = table().updated(None)
        return cls(version, tables)

    def updated(self, version: int, touched: Mapping[str, Collection[int]]) -> Self:
        """Return the next snapshot. ``touched`` maps kinds to keys to read again."""
        tables = {
            kind: table.updated(touched[kind]) if touched.get(kind) else table
            for kind, table in self.tables.items()
        }
        return type(self)(version, tables, rendered=self.rendered.without(touched))

    def table(self, model: Any) -> Any:
        """Return the table of this model's records."""
        return self.tables[kind_of(model)]

    def __len__(self) -> int:
        """The number of records of all kinds."""
        return sum(map(len, self.tables.values()))


def once_per_snapshot[T](
    build: Callable[[Snapshot], T],
) -> Callable[[Snapshot], T]:
    """Decorate a function so that it builds its result once for each snapshot."""

    @wraps(build)
    def get(snapshot: Snapshot) -> T:
        if build not in snapshot.built:
            snapshot.built[build] = build(snapshot)
        result: T = snapshot.built[build]
        return result

    return get

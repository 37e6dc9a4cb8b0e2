"""The values by which the list of works is counted and sorted."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from django.db.models import F
from pyroaring import BitMap

from casebase.facets.column_reader import read_groups, read_table
from casebase.facets.digits import Ordinal
from casebase.facets.index import Index
from casebase.facets.key_arrays import Keys, Table, take_rows
from casebase.facets.pairs import Pairs
from casebase.facets.row_stream import stream_rows
from casebase.facets.snapshot import Snapshot, faceted, once_per_snapshot
from casebase.facets.sort_order import SortOrder
from casebase.facets.value_bitmaps import ValueBitmaps
from references.models import Contribution, Reference

# Numbers by which works can be sorted, the greatest first.
NUMBERS = ("newest", "updated")
NEWEST = 2**16
COLUMNS = {
    "key": ("u4", "pk"),
    # Undated works come last, preceded by those of years before our era.
    "newest": ("u4", NEWEST + F("issued_year")),
    "updated": ("u4", Ordinal("revised_on")),
}
CONTRIBUTION = {"record": ("u4", "reference"), "owner": ("u4", "person")}

type PrimaryKeys = Collection[int] | None
# Values with the primary keys of the works that have them.
type Groups = Iterator[tuple[Any, BitMap]]


def texts(column: str, keys: PrimaryKeys) -> Iterator[tuple[Any, ...]]:
    """Yield the primary key and a column of works, its citekey or its title."""
    return stream_rows(Reference.objects, ["pk", column], "pk", keys)


def numbers(keys: PrimaryKeys) -> Table:
    """Return the column “key”, sorted, and NUMBERS of works."""
    read = read_table(Reference.objects, COLUMNS, "pk", keys)
    return take_rows(read, np.argsort(read["key"]))


def types(keys: PrimaryKeys) -> Groups:
    """Yield types with their works."""
    return read_groups(Reference.objects, "type", "pk", "pk", keys)


def in_chapter(keys: PrimaryKeys) -> Groups:
    """Yield “1” and works in the chapter's list of references."""
    listed = Reference.objects.filter(chapter_position__isnull=False)
    groups = read_groups(listed, "chapter_position", "pk", "pk", keys)
    return (("1", works) for _, works in groups)


def years_issued(read: Table) -> ValueBitmaps[int]:
    """Return years with the works of each, from NUMBERS."""
    return ValueBitmaps.from_numbers(
        read["newest"], read["key"], lambda number: number - NEWEST
    )


def contributors(keys: PrimaryKeys) -> Pairs:
    """Return pairs of a work and an author or editor of it."""
    made = read_table(Contribution.objects, CONTRIBUTION, "reference", keys)
    # The pair of somebody who is both occurs twice.
    return Pairs.from_columns(**made)


VALUES = {"type": types, "chapter": in_chapter}


def no_values() -> Mapping[str, ValueBitmaps[Any]]:
    """Return the values of an empty table."""
    return {name: ValueBitmaps() for name in (*VALUES, "year")}


@dataclass(frozen=True)
class WorkTable:
    """The values of all works in a snapshot."""

    order: SortOrder = field(default_factory=lambda: SortOrder(NUMBERS))
    titles: SortOrder = field(default_factory=SortOrder)
    values: Mapping[str, ValueBitmaps[Any]] = field(default_factory=no_values)
    contributors: Pairs = field(default_factory=Pairs)

    def __len__(self) -> int:
        return len(self.order.records)

    def updated(self, keys: PrimaryKeys) -> "WorkTable":
        """Return the table with these works read again; see ``FacetTable``."""
        reread, read = BitMap(keys or ()), numbers(keys)
        values: dict[str, ValueBitmaps[Any]] = {
            name: ValueBitmaps.from_sets(groups(keys))
            for name, groups in VALUES.items()
        }
        values["year"] = years_issued(read)
        return WorkTable(
            self.order.updated(reread, texts("key", keys), read),
            self.titles.updated(reread, texts("title", keys)),
            {name: self.values[name].replaced(reread, values[name]) for name in values},
            self.contributors.updated("record", reread, contributors(keys)),
        )

    def facets(self) -> dict[str, ValueBitmaps[Any] | Pairs]:
        """Return the values of the facets type, chapter, year and author."""
        return {**self.values, "author": self.contributors}

    def sequence(self, name: str) -> Keys:
        """Return all works sorted by “author” (the citekey), “title”, or a number."""
        orders = {"author": self.order.keys, "title": self.titles.keys}
        return orders[name] if name in orders else self.order.by(name)


faceted.register(Reference, WorkTable)


@once_per_snapshot
def work_index(snapshot: Snapshot) -> Index:
    """Return the index of all works by their own values."""
    works = snapshot.table(Reference)
    return Index(works.order.records, works.facets(), works.sequence)

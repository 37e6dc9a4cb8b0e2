"""The values by which the list of works is counted and sorted."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pyroaring import BitMap

from casebase.facets.index import Index
from casebase.facets.key_arrays import Keys
from casebase.facets.pairs import Pairs
from casebase.facets.row_stream import stream_rows
from casebase.facets.snapshot import Snapshot, faceted, once_per_snapshot
from casebase.facets.sort_order import SortOrder
from casebase.facets.value_bitmaps import ValueBitmaps
from references.models import Contribution, Reference

# Numbers by which works can be sorted, the greatest first.
NUMBERS = ("newest", "updated")

type PrimaryKeys = Collection[int] | None


def citekeys(keys: PrimaryKeys) -> Iterator[tuple[Any, ...]]:
    """Yield the primary key, citekey and NUMBERS of works."""
    fields = "pk", "key", "issued_year", "revised_on"
    for key, citekey, year, revised in stream_rows(
        Reference.objects, fields, "pk", keys
    ):
        # Undated works come last, preceded by those of years before our era.
        newest = 0 if year is None else 2**16 + year
        yield key, citekey, newest, revised.toordinal()


def titles(keys: PrimaryKeys) -> Iterator[tuple[Any, ...]]:
    """Yield the primary key and title of works."""
    return stream_rows(Reference.objects, ["pk", "title"], "pk", keys)


def types(keys: PrimaryKeys) -> Iterator[tuple[Any, ...]]:
    """Yield the type and primary key of works."""
    return stream_rows(Reference.objects, ["type", "pk"], "pk", keys)


def in_chapter(keys: PrimaryKeys) -> Iterator[tuple[Any, ...]]:
    """Yield “1” and the primary key of works in the chapter's list of references."""
    listed = Reference.objects.filter(chapter_position__isnull=False)
    return (("1", key) for (key,) in stream_rows(listed, ["pk"], "pk", keys))


def years_issued(keys: PrimaryKeys) -> Iterator[tuple[Any, ...]]:
    """Yield the year and primary key of dated works."""
    dated = Reference.objects.filter(issued_year__isnull=False)
    return stream_rows(dated, ["issued_year", "pk"], "pk", keys)


def contributors(keys: PrimaryKeys) -> Iterator[tuple[Any, ...]]:
    """Yield the primary keys of a work and of an author or editor of it.

    The pair of somebody who is both occurs twice.
    """
    fields = "reference", "person"
    return stream_rows(Contribution.objects, fields, "reference", keys)


VALUES = {"type": types, "chapter": in_chapter, "year": years_issued}


def no_values() -> Mapping[str, ValueBitmaps[Any]]:
    """Return the values of an empty table."""
    return {name: ValueBitmaps() for name in VALUES}


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
        reread = BitMap(keys or ())
        pairs = Pairs.from_pairs(contributors(keys))
        return WorkTable(
            self.order.updated(reread, citekeys(keys)),
            self.titles.updated(reread, titles(keys)),
            {
                name: self.values[name].updated(reread, read(keys))
                for name, read in VALUES.items()
            },
            self.contributors.updated("record", reread, pairs),
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

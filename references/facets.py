"""What the list of works is counted and sorted by, as read from the database."""

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

# Works can be sorted by these numbers, the greatest first.
NUMBERS = ("newest", "updated")

type PrimaryKeys = Collection[int] | None


def citekeys(keys: PrimaryKeys) -> Iterator[tuple[Any, ...]]:
    """Primary key, citekey and NUMBERS of works."""
    fields = "pk", "key", "issued_year", "revised_on"
    for key, citekey, year, revised in stream_rows(
        Reference.objects, fields, "pk", keys
    ):
        # Undated works come last, those of before our era just ahead of them.
        newest = 0 if year is None else 2**16 + year
        yield key, citekey, newest, revised.toordinal()


def titles(keys: PrimaryKeys) -> Iterator[tuple[Any, ...]]:
    """Primary key and title of works."""
    return stream_rows(Reference.objects, ["pk", "title"], "pk", keys)


def types(keys: PrimaryKeys) -> Iterator[tuple[Any, ...]]:
    """Type and primary key of works."""
    return stream_rows(Reference.objects, ["type", "pk"], "pk", keys)


def in_chapter(keys: PrimaryKeys) -> Iterator[tuple[Any, ...]]:
    """“1” and primary key of works in the chapter's list of references."""
    listed = Reference.objects.filter(chapter_position__isnull=False)
    return (("1", key) for (key,) in stream_rows(listed, ["pk"], "pk", keys))


def years_issued(keys: PrimaryKeys) -> Iterator[tuple[Any, ...]]:
    """Year and primary key of dated works."""
    dated = Reference.objects.filter(issued_year__isnull=False)
    return stream_rows(dated, ["issued_year", "pk"], "pk", keys)


def contributors(keys: PrimaryKeys) -> Iterator[tuple[Any, ...]]:
    """Work and author or editor; somebody who is both occurs twice."""
    fields = "reference", "person"
    return stream_rows(Contribution.objects, fields, "reference", keys)


VALUES = {"type": types, "chapter": in_chapter, "year": years_issued}


def no_values() -> Mapping[str, ValueBitmaps[Any]]:
    """The values of no works."""
    return {name: ValueBitmaps() for name in VALUES}


@dataclass(frozen=True)
class WorkTable:
    """What a snapshot holds of works."""

    order: SortOrder = field(default_factory=lambda: SortOrder(NUMBERS))
    titles: SortOrder = field(default_factory=SortOrder)
    values: Mapping[str, ValueBitmaps[Any]] = field(default_factory=no_values)
    contributors: Pairs = field(default_factory=Pairs)

    def __len__(self) -> int:
        return len(self.order.records)

    def updated(self, keys: PrimaryKeys) -> "WorkTable":
        """See ``FacetTable``."""
        reread = BitMap(keys or ())
        pairs = Pairs.between(contributors(keys))
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
        """Facets: type, chapter, year, author."""
        return {**self.values, "author": self.contributors}

    def sequence(self, name: str) -> Keys:
        """All works by “author”, that is by citekey, by “title”, or by a number."""
        orders = {"author": self.order.keys, "title": self.titles.keys}
        return orders[name] if name in orders else self.order.by(name)


faceted.register(Reference, WorkTable)


@once_per_snapshot
def work_index(snapshot: Snapshot) -> Index:
    """The index of all works, by what is known of the works themselves."""
    works = snapshot.table(Reference)
    return Index(works.order.records, works.facets(), works.sequence)

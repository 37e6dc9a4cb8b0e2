"""The result set of a list: records that are fetched in pieces, as they are needed."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import batched
from typing import Any

from django.db.models import QuerySet
from pyroaring import BitMap

from casebase.facets.index import Index

CHUNK = 500


class ResultSet:
    """The records of a set, in one of the orders of an index; ``leading_keys`` first.

    ``records`` is the queryset that records are fetched with: it decides which related
    records come with them, and records that it excludes are left out. Slicing,
    iterating and counting work as with a queryset.
    """

    def __init__(
        self,
        records: QuerySet[Any],
        index: Index,
        keys: BitMap,
        order: str,
        leading_keys: Sequence[int] = (),
    ) -> None:
        self.records, self.index, self.keys = records, index, keys
        self.order, self.leading_keys = order, leading_keys

    def __len__(self) -> int:
        return len(self.keys)

    def __getitem__(self, piece: slice) -> list[Any]:
        """Return a list. One query for a slice of any length, plus prefetches."""
        return self._fetch(self._page(piece.start or 0, piece.stop))

    def __iter__(self) -> Iterator[Any]:
        return self.iterator()

    def iterator(self, chunk_size: int = CHUNK) -> Iterator[Any]:
        """Yield all records, with one chunk in memory at a time."""
        for keys in batched(self._page(0, len(self)), chunk_size):
            yield from self._fetch(keys)

    def prefetch_related(self, *lookups: Any) -> "ResultSet":
        return self._with_queryset(self.records.prefetch_related(*lookups))

    def values(self, *fields: Any) -> "ResultSet":
        """Return a result set of dictionaries. “pk” has to be among the fields."""
        return self._with_queryset(self.records.values(*fields))

    def _with_queryset(self, records: QuerySet[Any]) -> "ResultSet":
        return ResultSet(records, self.index, self.keys, self.order, self.leading_keys)

    def _page(self, start: int, stop: int) -> list[int]:
        return self.index.page(self.keys, self.order, start, stop, self.leading_keys)

    def _fetch(self, keys: Iterable[int]) -> list[Any]:
        # Unordered: for an order of its own, SQLite may read the whole table.
        records = self.records.filter(pk__in=keys).order_by()
        rows = {key_of(row): row for row in records}
        return [rows[key] for key in keys if key in rows]


def key_of(row: Any) -> int:
    return row["pk"] if isinstance(row, dict) else row.pk

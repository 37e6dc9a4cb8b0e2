"""The index of one kind of record: finds, counts and sorts records."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pyroaring import BitMap

from casebase.facets.key_arrays import Keys, slice_in_order


@dataclass(frozen=True)
class Index:
    """The records of a list, such as all public cases, or the works that some cite.

    Sets of records are bitmaps of primary keys. ``facets`` maps the names of facets to
    the records' values; ``sequence(name)`` returns the keys of all records in the order
    of this name.
    """

    all_keys: BitMap
    # The values of records are ValueBitmaps or Pairs.
    facets: Mapping[str, Any]
    sequence: Callable[[str], Keys]

    def matching(self, sets: Iterable[BitMap]) -> BitMap:
        """Return the records that are in all of the sets."""
        return BitMap.intersection(self.all_keys, *sets)

    def top_counts(
        self, facet: str, among: BitMap, n: int, also: Iterable[Any] = ()
    ) -> dict[Any, int]:
        """Return value → number of the records ``among`` that have it.

        The ``n`` most frequent values are counted, and the values ``also``.
        """
        values = self.facets[facet]
        counts: dict[Any, int] = values.top_counts(among, n)
        for value in also:
            if value not in counts:
                counts[value] = values.count(value, among)
        return counts

    def page(
        self,
        records: BitMap,
        order: str,
        start: int,
        stop: int,
        leading_keys: Iterable[int] = (),
    ) -> list[int]:
        """Return the keys of the records from ``start`` to ``stop``, in this order.

        ``leading_keys`` precede all others, if they are among the records.
        """
        leading = [key for key in leading_keys if key in records]
        keys = leading[start:stop]
        if stop > len(leading):
            rest = records - BitMap(leading) if leading else records
            first, last = max(start - len(leading), 0), stop - len(leading)
            keys += self.slice(rest, order, first, last)
        return keys

    def slice(self, records: BitMap, order: str, start: int, stop: int) -> list[int]:
        """Return the keys of the records from ``start`` to ``stop``, in this order."""
        return slice_in_order(self.sequence(order), records, start, stop)

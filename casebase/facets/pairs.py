"""Pairs of records, such as a work and a case that cites it.

With many values of few records each, arrays need less memory than bitmaps.
"""

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from casebase.facets.key_arrays import (
    Keys,
    Positions,
    Table,
    begins_group,
    bitmap,
    columns_of,
    group_starts,
    joined,
    keys_of,
    positions,
    ranges,
    replace_rows,
    stack,
    take_rows,
    top_positions,
)
from casebase.facets.value_bitmaps import ValueBitmaps

type Numbers = NDArray[np.uint16]
# Numbers that pairs may have → how those of equal pairs are merged.
MERGED = {"kinds": np.bitwise_or, "count": np.add}
PAIR = np.dtype([("record", "u4"), ("owner", "u4"), ("kinds", "u2"), ("count", "u2")])


class Pairs:
    """Unique pairs of a record and one of its owners, ordered by record.

    The owner of a work is a case that cites it, a finding that rests on it, or a person
    who wrote it. A pair of a work and a case also has the kinds of the findings that
    rest on the work, one bit for each kind, and the number of these findings.
    """

    def __init__(self, pairs: Table | None = None):
        self._pairs = pairs or columns_of(np.empty(0, PAIR))

    @classmethod
    def from_columns(cls, record: Keys, owner: Keys, **numbers: Numbers) -> "Pairs":
        """Build pairs from columns, in any order. ``numbers`` are as in MERGED.

        Rows of the same record and owner are merged.
        """
        both = joined(record, owner)
        if numbers:
            order = np.argsort(both, kind="stable")
            both = both[order]
            first = group_starts(both)
        else:
            # Without positions, this takes a fraction of the time and memory.
            both.sort()
        if not (is_first := begins_group(both)).all():
            both = both[is_first]
        pairs = {
            "record": (both >> np.uint64(32)).astype("u4"),
            "owner": both.astype("u4"),
        }
        for name, column in numbers.items():
            pairs[name] = MERGED[name].reduceat(column[order], first, dtype="u2")
        return cls(pairs)

    @classmethod
    def union(cls, parts: "Iterable[Pairs]") -> "Pairs":
        """Return the pairs of all parts, which have numbers. Equal ones are merged."""
        return cls.from_columns(**stack([dict(part._pairs) for part in parts], PAIR))

    def updated(self, end: str, keys: BitMap, pairs: "Pairs") -> "Pairs":
        """Return a copy in which ``pairs`` replace those of some records or owners.

        ``end`` is “record” or “owner”, whichever the keys belong to.
        """
        others = positions(self._pairs[end], keys, absent=True)
        return Pairs(replace_rows(self._pairs, others, "record", pairs._pairs))

    def of_owners(self, owners: BitMap) -> "Pairs":
        """Return the pairs of these owners."""
        return Pairs(take_rows(self._pairs, positions(self._pairs["owner"], owners)))

    def with_owners(
        self, owners_of: Callable[[Keys], Keys], kinds_of: Callable[[Keys], Numbers]
    ) -> "Pairs":
        """Return the pairs with other owners, such as cases in place of findings.

        ``owners_of(keys)`` returns the new owner of each key, in the same order, and
        ``kinds_of(keys)`` its kinds. The count of a pair is the number of old owners.
        """
        record, old = self._pairs["record"], self._pairs["owner"]
        numbers = {"kinds": kinds_of(old), "count": np.ones(len(old), "u2")}
        return Pairs.from_columns(record, owners_of(old), **numbers)

    @cached_property
    def records(self) -> BitMap:
        """The bitmap of all records."""
        records = self._pairs["record"]
        return bitmap(records[group_starts(records)])

    def any(self, owners: Iterable[int]) -> BitMap:
        """Return the records that have at least one of these owners."""
        return self.of_owners(BitMap(owners)).records

    def all(self, owners: Iterable[int]) -> BitMap:
        """Return the records that have all of these owners. Pass at least one."""
        return BitMap.intersection(*(self.any([owner]) for owner in owners))

    def count(self, owner: int, among: BitMap) -> int:
        """Return the number of the records ``among`` that have this owner."""
        return self.any([owner]).intersection_cardinality(among)

    def top_counts(self, records: BitMap, n: int) -> dict[int, int]:
        """Return owner → number of these records, for the ``n`` most frequent owners.

        Owners with the same number are sorted by key.
        """
        counts = self._count_owners(records)
        first = top_positions(counts, n)
        return dict(zip(first.tolist(), counts[first].tolist(), strict=True))

    def _count_owners(self, records: BitMap) -> NDArray[np.int64]:
        """Return the number of these records by owner: an array with all owners’ keys.

        As many pairs are read as the records have, or as the others have if these are
        fewer.
        """
        others = self.records - records
        if len(others) < len(self.records) / 2:
            return (
                self._all_counts - self._count(others) if others else self._all_counts
            )
        return self._count(records)

    @cached_property
    def _all_counts(self) -> NDArray[np.int64]:
        return np.bincount(self._pairs["owner"])

    def _count(self, records: BitMap) -> NDArray[np.int64]:
        owners = self._pairs["owner"][self._positions_of(records)]
        return np.bincount(owners, minlength=len(self._all_counts))

    def _positions_of(self, records: BitMap) -> Positions:
        """Return the positions of the pairs of these records."""
        keys = keys_of(records & self.records)
        firsts = self._pairs["record"].searchsorted(keys)
        return ranges(
            firsts, self._pairs["record"].searchsorted(keys, "right") - firsts
        )

    def by_kind(self, kinds: Iterable[str]) -> ValueBitmaps[str]:
        """Return kind → records that have it. The n-th kind has the n-th bit."""
        first = group_starts(self._pairs["record"])
        if not len(first):
            return ValueBitmaps()
        records = self._pairs["record"][first]
        bits = np.bitwise_or.reduceat(self._pairs["kinds"], first)
        return ValueBitmaps(
            {
                kind: bitmap(records[bits >> place & 1 == 1])
                for place, kind in enumerate(kinds)
            }
        )

    def totals(self, records: Keys) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return two arrays: the number of owners and the sum of counts by record."""
        first = self._pairs["record"].searchsorted(records)
        last = self._pairs["record"].searchsorted(records, "right")
        sums = np.concatenate([[0], np.cumsum(self._pairs["count"], dtype=np.int64)])
        return last - first, sums[last] - sums[first]

    def top_owners(
        self, record: int, among: BitMap, n: int
    ) -> tuple[int, dict[int, int]]:
        """Return how many of the owners ``among`` a record has, and the ``n`` top ones.

        These map owners to their counts, with the highest first.
        """
        # As numbers of another type, they would have all records converted.
        ends = np.array([record, record + 1], np.uint32)
        place = slice(*self._pairs["record"].searchsorted(ends))
        owners, counts = self._pairs["owner"][place], self._pairs["count"][place]
        chosen = positions(owners, bitmap(owners) & among)
        owners, counts = owners[chosen], counts[chosen]
        first = np.lexsort((owners, ~counts))[:n]
        top = zip(owners[first].tolist(), counts[first].tolist(), strict=True)
        return len(owners), dict(top)

"""Pairs of records, such as works and the cases that cite them.

There are more pairs, and fewer of each record, than bitmaps are good for.
"""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from casebase.facets.key_arrays import (
    Keys,
    Table,
    beginnings,
    bitmap,
    places,
    spliced,
    table,
    taken,
)
from casebase.facets.value_bitmaps import ValueBitmaps

PAIR = np.dtype([("record", "u4"), ("owner", "u4"), ("kinds", "u2"), ("count", "u2")])


class Pairs:
    """Pairs of a record and one of its owners, ordered by record, each once.

    The owner of a work is a case that cites it, or a person who wrote it. With a case
    stand the kinds of its findings that rest on the work, a bit for each kind, and the
    number of these findings.
    """

    def __init__(self, pairs: Table | None = None):
        self._pairs = pairs or table(np.empty(0, PAIR))

    @classmethod
    def of(cls, rows: NDArray[Any]) -> "Pairs":
        """Make them of rows of ``PAIR``, in any order.

        Rows of the same record and owner are added up.
        """
        pairs = table(rows[np.lexsort((rows["owner"], rows["record"]))])
        first = beginnings(pairs["record"], pairs["owner"])
        merged = taken(pairs, first)
        if len(first):
            merged["kinds"] = np.bitwise_or.reduceat(pairs["kinds"], first)
            merged["count"] = np.add.reduceat(pairs["count"], first)
        return cls(merged)

    @classmethod
    def between(cls, pairs: Iterable[tuple[int, int]]) -> "Pairs":
        """Make them of pairs of a record and an owner, without kinds or counts."""
        return cls.of(np.fromiter(((*pair, 0, 0) for pair in pairs), PAIR))

    def updated(self, end: str, keys: BitMap, pairs: "Pairs") -> "Pairs":
        """The same, with ``pairs`` in place of all those of some records or owners.

        ``end`` says which of both the keys are: “record” or “owner”.
        """
        others = places(self._pairs[end], keys, absent=True)
        return Pairs(spliced(self._pairs, others, "record", pairs._pairs))

    def of_owners(self, owners: BitMap) -> "Pairs":
        """The pairs of these owners."""
        return Pairs(taken(self._pairs, places(self._pairs["owner"], owners)))

    @cached_property
    def records(self) -> BitMap:
        """The primary keys of all records."""
        records = self._pairs["record"]
        return bitmap(records[beginnings(records)])

    def any(self, owners: Iterable[int]) -> BitMap:
        """The records that have at least one of these owners."""
        return self.of_owners(BitMap(owners)).records

    def all(self, owners: Iterable[int]) -> BitMap:
        """The records that have each of these owners; there must be at least one."""
        return BitMap.intersection(*(self.any([owner]) for owner in owners))

    def top_counts(self, records: BitMap, n: int) -> dict[int, int]:
        """The ``n`` owners of most of these records → how many records each has.

        Of owners with equally many, the one with the lowest key comes first.
        """
        theirs = self._pairs["owner"][places(self._pairs["record"], records)]
        owners, counts = np.unique(theirs, return_counts=True)
        first = np.argsort(-counts, kind="stable")[:n]
        return dict(zip(owners[first].tolist(), counts[first].tolist(), strict=True))

    def by_kind(self, kinds: Iterable[str]) -> ValueBitmaps[str]:
        """Kind → the records that have it. The n-th kind stands for the n-th bit."""
        first = beginnings(self._pairs["record"])
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
        """For each of these records its number of owners, and the sum of its counts."""
        first = self._pairs["record"].searchsorted(records)
        last = self._pairs["record"].searchsorted(records, "right")
        sums = np.concatenate([[0], np.cumsum(self._pairs["count"], dtype=np.int64)])
        return last - first, sums[last] - sums[first]

    def top_owners(
        self, record: int, among: BitMap, n: int
    ) -> tuple[int, dict[int, int]]:
        """How many of these owners a record has, and the ``n`` with the highest counts.

        The latter map owners to their counts, the highest first.
        """
        place = slice(*self._pairs["record"].searchsorted([record, record + 1]))
        owners, counts = self._pairs["owner"][place], self._pairs["count"][place]
        chosen = places(owners, bitmap(owners) & among)
        owners, counts = owners[chosen], counts[chosen]
        first = np.lexsort((owners, ~counts))[:n]
        top = zip(owners[first].tolist(), counts[first].tolist(), strict=True)
        return len(owners), dict(top)

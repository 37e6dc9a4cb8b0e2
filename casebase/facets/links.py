"""Which works belong to which cases or people: more pairs than bitmaps are good for."""

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
from casebase.facets.value_bitmaps import Sets

PAIR = np.dtype([("work", "u4"), ("owner", "u4"), ("kinds", "u2"), ("findings", "u2")])


class Links:
    """Pairs of a work and its owner, by work, each once.

    The owner is a case that cites the work, or a person who made it. With a case stand
    the kinds of its findings that rest on the work, a bit each, and their number.
    """

    def __init__(self, pairs: Table | None = None):
        self._pairs = pairs or table(np.empty(0, PAIR))

    @classmethod
    def of(cls, rows: NDArray[Any]) -> "Links":
        """Of rows in any order; those of one work and owner are added up."""
        pairs = table(rows[np.lexsort((rows["owner"], rows["work"]))])
        first = beginnings(pairs["work"], pairs["owner"])
        merged = taken(pairs, first)
        if len(first):
            merged["kinds"] = np.bitwise_or.reduceat(pairs["kinds"], first)
            merged["findings"] = np.add.reduceat(pairs["findings"], first)
        return cls(merged)

    @classmethod
    def between(cls, pairs: Iterable[tuple[int, int]]) -> "Links":
        """Of pairs of a work and an owner, without findings."""
        return cls.of(np.fromiter(((*pair, 0, 0) for pair in pairs), PAIR))

    def changed(self, end: str, records: BitMap, links: "Links") -> "Links":
        """The same with these links as all there is of some works or owners."""
        kept = places(self._pairs[end], records, absent=True)
        return Links(spliced(self._pairs, kept, "work", links._pairs))

    def of_owners(self, owners: BitMap) -> "Links":
        """Those of some owners."""
        return Links(taken(self._pairs, places(self._pairs["owner"], owners)))

    @cached_property
    def works(self) -> BitMap:
        works = self._pairs["work"]
        return bitmap(works[beginnings(works)])

    def any(self, owners: Iterable[int]) -> BitMap:
        """The works of at least one of the owners."""
        return self.of_owners(BitMap(owners)).works

    def all(self, owners: Iterable[int]) -> BitMap:
        """The works of each of the owners, of which there is at least one."""
        return BitMap.intersection(*(self.any([owner]) for owner in owners))

    def leading(self, works: BitMap, n: int) -> dict[int, int]:
        """The owners of most of these works → how many. Of equals the oldest first."""
        theirs = self._pairs["owner"][places(self._pairs["work"], works)]
        owners, counts = np.unique(theirs, return_counts=True)
        first = np.argsort(-counts, kind="stable")[:n]
        return dict(zip(owners[first].tolist(), counts[first].tolist(), strict=True))

    def by_kind(self, kinds: Iterable[str]) -> Sets[str]:
        """Kind of finding → the works on which any rests; kinds go by their bits."""
        first = beginnings(self._pairs["work"])
        if not len(first):
            return Sets()
        works = self._pairs["work"][first]
        bits = np.bitwise_or.reduceat(self._pairs["kinds"], first)
        return Sets(
            {
                kind: bitmap(works[bits >> place & 1 == 1])
                for place, kind in enumerate(kinds)
            }
        )

    def totals(self, works: Keys) -> tuple[NDArray[Any], NDArray[Any]]:
        """For each of these works its number of owners, and of findings."""
        first = self._pairs["work"].searchsorted(works)
        last = self._pairs["work"].searchsorted(works, "right")
        sums = np.concatenate([[0], np.cumsum(self._pairs["findings"], dtype=np.int64)])
        return last - first, sums[last] - sums[first]

    def owners(self, work: int, chosen: BitMap, n: int) -> tuple[int, dict[int, int]]:
        """How many of these owners a work has; the ``n`` with most findings → these."""
        place = slice(*self._pairs["work"].searchsorted([work, work + 1]))
        owners, findings = self._pairs["owner"][place], self._pairs["findings"][place]
        mine = places(owners, bitmap(owners) & chosen)
        owners, findings = owners[mine], findings[mine]
        first = np.lexsort((owners, ~findings))[:n]
        most = zip(owners[first].tolist(), findings[first].tolist(), strict=True)
        return len(owners), dict(most)

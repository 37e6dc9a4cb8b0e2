"""Records that each belong to another record, such as the findings of cases.

An order of the owners is an order of their records, so no order of millions of records
has to be kept.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from pyroaring import BitMap

from casebase.facets.index import Index
from casebase.facets.key_arrays import (
    Keys,
    Positions,
    Table,
    bitmap,
    columns_of,
    group_starts,
    joined,
    keys_of,
    positions,
    ranges,
    replace_rows,
    take_rows,
)
from casebase.facets.weighted_values import Weights

# Up to this share of all records, each is looked up: reading all would take longer.
MAX_LOOKED_UP_SHARE = 1 / 8
ROW = np.dtype([("owner", "u4"), ("place", "u2"), ("key", "u4")])


class GroupedRecords:
    """Primary keys of records with those of their owners, grouped by owner.

    The records of an owner are sorted by their place, then by their key.
    """

    def __init__(self, rows: Table | None = None):
        self._rows = rows or columns_of(np.empty(0, ROW))

    def updated(self, records: BitMap, added: Table) -> "GroupedRecords":
        """Return a copy in which the rows ``added`` replace those of some records.

        The columns of a row are the owner, the place and the key.
        """
        gone = positions(self._rows["key"], records)
        owners = bitmap(np.union1d(self._rows["owner"][gone], added["owner"]))
        groups = take_rows(self._rows, positions(self._rows["owner"], owners))
        kept = take_rows(groups, positions(groups["key"], records, absent=True))
        new = {name: np.concatenate([kept[name], added[name]]) for name in kept}
        order = np.argsort(new["key"], kind="stable")
        by_place = joined(new["owner"][order], new["place"][order])
        order = order[np.argsort(by_place, kind="stable")]
        rest = positions(self._rows["owner"], owners, absent=True)
        return GroupedRecords(
            replace_rows(self._rows, rest, "owner", take_rows(new, order))
        )

    @cached_property
    def records(self) -> BitMap:
        return bitmap(self._rows["key"])

    @cached_property
    def _starts(self) -> Positions:
        return group_starts(self._rows["owner"])

    @cached_property
    def _sizes(self) -> Positions:
        return np.diff(self._starts, append=len(self._rows["key"]))

    @cached_property
    def _owners(self) -> Keys:
        return self._rows["owner"][self._starts]

    def of_owners(self, owners: BitMap) -> BitMap:
        """Return the records of these owners."""
        known = self._owners.searchsorted(keys_of(owners & bitmap(self._owners)))
        rows = ranges(self._starts[known], self._sizes[known])
        return bitmap(self._rows["key"][rows])

    def owners_of(self, keys: Keys) -> Keys:
        """Return the owner of each of these keys of records, in the same order."""
        owners: Keys = self._rows["owner"][self._position_of[keys]]
        return owners

    @cached_property
    def _position_of(self) -> Keys:
        """The positions of all records by key; those of other numbers say nothing."""
        keys = self._rows["key"]
        positions_by_key = np.zeros(int(keys.max(initial=0)) + 1, np.uint32)
        positions_by_key[keys] = np.arange(len(keys), dtype=np.uint32)
        return positions_by_key

    def __getstate__(self) -> dict[str, Any]:
        # Whoever maps what is saved need not make it again.
        _ = self._position_of, self.records, self._owners
        return self.__dict__

    def count_by_owner(self, records: BitMap) -> Weights:
        """Return how many of these records each owner has."""
        _, owners, _, sizes = self._groups(records)
        return Weights(owners, sizes)

    def slice(self, records: BitMap, owners: Keys, start: int, stop: int) -> list[int]:
        """Return the keys of the records from ``start`` to ``stop``.

        They are sorted by their owners, whose order is given; records of other owners
        are left out.
        """
        at, present, firsts, sizes = self._groups(records)
        known = owners[positions(owners, bitmap(present))]
        groups = present.searchsorted(known)
        ends = np.cumsum(sizes[groups])
        begin, end = ends.searchsorted(start, "right"), ends.searchsorted(stop)
        before = int(ends[begin - 1]) if begin else 0
        shown = groups[begin : end + 1]
        rows = ranges(firsts[shown], sizes[shown])
        rows = rows if at is None else at[rows]
        keys: list[int] = self._rows["key"][rows].tolist()
        return keys[start - before : stop - before]

    def _groups(
        self, records: BitMap
    ) -> tuple[Positions | None, Keys, Positions, Positions]:
        """Return the positions of the records, and where each owner's are in these.

        The first array is None if they are all records, whose positions are their
        numbers. The others have an element for each owner of them: the owner, the place
        of its first record in the first array, and the number of its records.
        """
        if len(records) == len(self._rows["key"]):
            return None, self._owners, self._starts, self._sizes
        at = self._positions_of(records)
        owners = self._rows["owner"][at]
        firsts = group_starts(owners)
        return at, owners[firsts], firsts, np.diff(firsts, append=len(at))

    def _positions_of(self, records: BitMap) -> Positions:
        """Return the positions of these records, sorted."""
        if len(records) > len(self._rows["key"]) * MAX_LOOKED_UP_SHARE:
            return positions(self._rows["key"], records)
        return np.sort(self._position_of[keys_of(records & self.records)]).astype(
            np.intp
        )


@dataclass(frozen=True)
class GroupedIndex(Index):
    """The index of grouped records; ``sequence(name)`` is an order of their owners.

    An order that is named in ``by_value`` sorts by the values of a facet first, the
    highest first: name of the order → name of the facet.
    """

    groups: GroupedRecords = field(default_factory=GroupedRecords)
    by_value: Mapping[str, str] = field(default_factory=dict)

    def slice(self, records: BitMap, order: str, start: int, stop: int) -> list[int]:
        keys: list[int] = []
        owners = self.sequence(order)
        for some in self._pieces(records, order):
            if stop <= 0:
                break
            if start < len(some):
                keys += self.groups.slice(some, owners, max(start, 0), stop)
            start, stop = start - len(some), stop - len(some)
        return keys

    def _pieces(self, records: BitMap, order: str) -> Iterator[BitMap]:
        """Yield the records in pieces of equal values, those without a value last."""
        rest = records
        if order in self.by_value:
            pieces: Iterable[BitMap] = self.facets[self.by_value[order]].from_highest()
            for members in pieces:
                yield rest & members
                rest = rest - members
        yield rest

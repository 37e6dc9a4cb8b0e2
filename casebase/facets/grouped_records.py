"""Records that each belong to another record, such as the findings of cases.

An order of the owners is an order of their records, so no order of millions of records
has to be kept.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

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
    positions,
    ranges,
    replace_rows,
    sort_positions,
    take_rows,
)
from casebase.facets.weighted_values import Weights

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
        order = order[sort_positions(new["owner"][order], new["place"][order])]
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
    def _owners(self) -> Keys:
        return self._rows["owner"][self._starts]

    def of_owners(self, owners: BitMap) -> BitMap:
        """Return the records of these owners."""
        return bitmap(self._rows["key"][positions(self._rows["owner"], owners)])

    def owners_of(self, keys: Keys) -> Keys:
        """Return the owner of each of these keys of records, in the same order."""
        at = positions(self._rows["key"], bitmap(keys))
        known, owners = self._rows["key"][at], self._rows["owner"][at]
        order = np.argsort(known)
        found: Keys = owners[order][known[order].searchsorted(keys)]
        return found

    def count_by_owner(self, records: BitMap) -> Weights:
        """Return how many of these records each owner has."""
        _, _, sizes = self._groups(records)
        return Weights(self._owners, sizes)

    def slice(self, records: BitMap, owners: Keys, start: int, stop: int) -> list[int]:
        """Return the keys of the records from ``start`` to ``stop``.

        They are sorted by their owners, whose order is given; records of other owners
        are left out.
        """
        at, firsts, sizes = self._groups(records)
        known = owners[positions(owners, bitmap(self._owners))]
        groups = self._owners.searchsorted(known)
        ends = np.cumsum(sizes[groups])
        begin, end = ends.searchsorted(start, "right"), ends.searchsorted(stop)
        before = int(ends[begin - 1]) if begin else 0
        shown = groups[begin : end + 1]
        rows = ranges(firsts[shown], sizes[shown])
        rows = rows if at is None else at[rows]
        keys: list[int] = self._rows["key"][rows].tolist()
        return keys[start - before : stop - before]

    def _groups(self, records: BitMap) -> tuple[Positions | None, Positions, Positions]:
        """Return the positions of the records, and where each owner's are in these.

        The first array is None if they are all records, whose positions are their
        numbers. The others have an element for each owner: the place of its first
        record in the first array, and the number of its records.
        """
        if len(records) == len(self._rows["key"]):
            return None, self._starts, np.diff(self._starts, append=len(records))
        at = positions(self._rows["key"], records)
        firsts = at.searchsorted(self._starts)
        return at, firsts, np.diff(firsts, append=len(at))


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

"""For each value of a facet, a compressed bitmap of the records that have it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from heapq import nsmallest
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from casebase.facets.key_arrays import Keys, bitmap, group_starts


class ValueBitmaps[Value]:
    """An immutable mapping of values to the records that have them.

    Primary keys of more than 32 bits raise OverflowError.
    """

    def __init__(self, members: Mapping[Value, BitMap] | None = None):
        self._members = members or {}

    @classmethod
    def from_sets(cls, sets: Iterable[tuple[Value, BitMap]]) -> "ValueBitmaps[Value]":
        """Build bitmaps from values and their records; a value may come repeatedly."""
        members: dict[Value, list[BitMap]] = defaultdict(list)
        for value, keys in sets:
            members[value].append(keys)
        return cls({value: BitMap.union(*some) for value, some in members.items()})

    @classmethod
    def union(cls, parts: "Iterable[ValueBitmaps[Value]]") -> "ValueBitmaps[Value]":
        """Return the values of all parts, each with its records in any of them."""
        return cls.from_sets(chain.from_iterable(part.items() for part in parts))

    @classmethod
    def from_columns(
        cls, values: NDArray[Any], keys: Keys, value_of: Callable[[int], Value]
    ) -> "ValueBitmaps[Value]":
        """Build bitmaps from the columns of a table, one row for each pair.

        ``value_of`` turns a number of the first column into the value it stands for.
        """
        order = np.argsort(values, kind="stable")
        values, keys = values[order], keys[order]
        starts = group_starts(values)
        groups = zip(values[starts].tolist(), np.split(keys, starts[1:]), strict=False)
        return cls({value_of(value): bitmap(members) for value, members in groups})

    @classmethod
    def from_numbers(
        cls, numbers: NDArray[Any], keys: Keys, value_of: Callable[[int], Value]
    ) -> "ValueBitmaps[Value]":
        """Build bitmaps as ``from_columns`` does, of the rows whose number is not 0."""
        at = np.flatnonzero(numbers)
        return cls.from_columns(numbers[at], keys[at], value_of)

    def __iter__(self) -> Iterator[Value]:
        return iter(self._members)

    def only(self, values: Iterable[Value]) -> "ValueBitmaps[Value]":
        """Return a copy that has only those of the values that records have."""
        return ValueBitmaps({v: self._members[v] for v in values if v in self})

    def replaced(
        self, records: BitMap, added: "ValueBitmaps[Value]"
    ) -> "ValueBitmaps[Value]":
        """Return a copy in which ``added`` replaces all values of these records."""
        members = {
            value: keys - records if keys.intersect(records) else keys
            for value, keys in self._members.items()
        }
        for value, keys in added._members.items():
            members[value] = members.get(value, BitMap()) | keys
        return ValueBitmaps({value: keys for value, keys in members.items() if keys})

    def rolled_up(self, broader: Mapping[Value, Value | None]) -> "ValueBitmaps[Value]":
        """Return a copy in which broader values have the records of narrower ones."""
        return ValueBitmaps.from_sets(
            (term, keys)
            for value, keys in self._members.items()
            for term in upward(value, broader)
        )

    def any(self, values: Iterable[Value]) -> BitMap:
        """Return the records that have at least one of the values."""
        return BitMap.union(BitMap(), *map(self._of, values))

    def all(self, values: Iterable[Value]) -> BitMap:
        """Return the records that have all of the values. Pass at least one."""
        return BitMap.intersection(*map(self._of, values))

    def where(self, condition: Callable[[Value], bool]) -> BitMap:
        """Return the records with a value that meets the condition."""
        return self.any(filter(condition, self._members))

    def counts(self, among: BitMap) -> dict[Value, int]:
        """Return value → number of the records that have it, without zeros."""
        counts = (
            (value, keys.intersection_cardinality(among))
            for value, keys in self._members.items()
        )
        return {value: n for value, n in counts if n}

    def count(self, value: Value, among: BitMap) -> int:
        """Return the number of the records ``among`` that have the value."""
        return self._of(value).intersection_cardinality(among)

    def top_counts(self, among: BitMap, n: int) -> dict[Value, int]:
        """Return the counts of the ``n`` most frequent values.

        Values with the same count are sorted.
        """
        counts = self.counts(among).items()
        return dict(nsmallest(n, counts, key=lambda count: (-count[1], count[0])))

    def from_highest(self: "ValueBitmaps[int]") -> Iterator[BitMap]:
        """Yield the records of each number, those of the highest one first."""
        for value in sorted(self._members, reverse=True):
            yield self._members[value]

    def items(self) -> Iterable[tuple[Value, BitMap]]:
        """The values, each with the records that have it."""
        return self._members.items()

    def __contains__(self, value: object) -> bool:
        return value in self._members

    def _of(self, value: Value) -> BitMap:
        return self._members.get(value, BitMap())


def upward[Value](
    value: Value, broader: Mapping[Value, Value | None]
) -> Iterator[Value]:
    """Yield the value and all broader ones, each once, even if they form a cycle."""
    seen: set[Value] = set()
    term: Value | None = value
    while term is not None and term not in seen:
        seen.add(term)
        yield term
        term = broader.get(term)

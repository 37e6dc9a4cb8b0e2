"""For each value of a facet, a compressed bitmap of the records that have it."""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from heapq import nsmallest

from pyroaring import BitMap


class ValueBitmaps[Value]:
    """An immutable mapping of values to the records that have them.

    Primary keys of more than 32 bits raise OverflowError.
    """

    def __init__(self, members: Mapping[Value, BitMap] | None = None):
        self._members = members or {}

    @classmethod
    def from_pairs(cls, pairs: Iterable[tuple[Value, int]]) -> "ValueBitmaps[Value]":
        """Build bitmaps from pairs of a value and a record, in any order."""
        keys: dict[Value, array[int]] = defaultdict(lambda: array("I"))
        for value, key in pairs:
            keys[value].append(key)
        return cls({value: BitMap(members) for value, members in keys.items()})

    def __iter__(self) -> Iterator[Value]:
        return iter(self._members)

    def only(self, values: Iterable[Value]) -> "ValueBitmaps[Value]":
        """Return a copy that has only those of the values that records have."""
        return ValueBitmaps({v: self._members[v] for v in values if v in self})

    def updated(
        self, records: BitMap, pairs: Iterable[tuple[Value, int]]
    ) -> "ValueBitmaps[Value]":
        """Return a copy in which these pairs replace all pairs of these records."""
        members = {
            value: keys - records if keys.intersect(records) else keys
            for value, keys in self._members.items()
        }
        for value, keys in ValueBitmaps.from_pairs(pairs)._members.items():
            members[value] = members.get(value, BitMap()) | keys
        return ValueBitmaps({value: keys for value, keys in members.items() if keys})

    def rolled_up(self, broader: Mapping[Value, Value | None]) -> "ValueBitmaps[Value]":
        """Return a copy in which broader values have the records of narrower ones."""
        members: dict[Value, BitMap] = {}
        for value, keys in self._members.items():
            for term in upward(value, broader):
                members[term] = members[term] | keys if term in members else keys
        return ValueBitmaps(members)

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

    def top_counts(self, among: BitMap, n: int) -> dict[Value, int]:
        """Return the counts of the ``n`` most frequent values.

        Values with the same count are sorted.
        """
        counts = self.counts(among).items()
        return dict(nsmallest(n, counts, key=lambda count: (-count[1], count[0])))

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

"""Which records have which value: for each value a compressed bitmap of their keys."""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from heapq import nsmallest

from pyroaring import BitMap


class ValueBitmaps[Value]:
    """Value → the records that have it. It never changes.

    Primary keys have at most 32 bits: a greater one raises OverflowError.
    """

    def __init__(self, members: Mapping[Value, BitMap] | None = None):
        self._members = members or {}

    @classmethod
    def of(cls, pairs: Iterable[tuple[Value, int]]) -> "ValueBitmaps[Value]":
        """Make them of pairs of a value and a record, in any order."""
        keys: dict[Value, array[int]] = defaultdict(lambda: array("I"))
        for value, key in pairs:
            keys[value].append(key)
        return cls({value: BitMap(found) for value, found in keys.items()})

    def updated(
        self, records: BitMap, pairs: Iterable[tuple[Value, int]]
    ) -> "ValueBitmaps[Value]":
        """The same, with these pairs in place of all those of these records."""
        members = {
            value: keys - records if keys.intersect(records) else keys
            for value, keys in self._members.items()
        }
        for value, keys in ValueBitmaps.of(pairs)._members.items():
            members[value] = members.get(value, BitMap()) | keys
        return ValueBitmaps({value: keys for value, keys in members.items() if keys})

    def rolled_up(self, broader: Mapping[Value, Value | None]) -> "ValueBitmaps[Value]":
        """The same with the records of every value under all broader ones too."""
        members: dict[Value, BitMap] = {}
        for value, keys in self._members.items():
            for term in upward(value, broader):
                members[term] = members[term] | keys if term in members else keys
        return ValueBitmaps(members)

    def any(self, values: Iterable[Value]) -> BitMap:
        """The records with at least one of the values."""
        return BitMap.union(BitMap(), *map(self._of, values))

    def all(self, values: Iterable[Value]) -> BitMap:
        """The records with each of the values, of which there is at least one."""
        return BitMap.intersection(*map(self._of, values))

    def where(self, fits: Callable[[Value], bool]) -> BitMap:
        """The records with a value that fits."""
        return self.any(filter(fits, self._members))

    def counts(self, among: BitMap) -> dict[Value, int]:
        """Value → how many of the records have it, where any has."""
        counts = (
            (value, keys.intersection_cardinality(among))
            for value, keys in self._members.items()
        )
        return {value: n for value, n in counts if n}

    def top_counts(self, among: BitMap, n: int) -> dict[Value, int]:
        """The ``n`` values of most of the records → how many records have each.

        Of values of equally many records, the lowest comes first.
        """
        counts = self.counts(among).items()
        return dict(nsmallest(n, counts, key=lambda count: (-count[1], count[0])))

    def _of(self, value: Value) -> BitMap:
        return self._members.get(value, BitMap())


def upward[Value](
    value: Value, broader: Mapping[Value, Value | None]
) -> Iterator[Value]:
    """The value and all broader ones, each once, even if they form a cycle."""
    seen: set[Value] = set()
    term: Value | None = value
    while term is not None and term not in seen:
        seen.add(term)
        yield term
        term = broader.get(term)

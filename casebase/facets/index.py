"""The index of one kind of record: finds, counts and sorts records."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pyroaring import BitMap

from casebase.facets.key_arrays import Keys, piece
from casebase.facets.pairs import Pairs
from casebase.facets.value_bitmaps import ValueBitmaps


@dataclass(frozen=True)
class Index:
    """The records of a list, such as all public cases or the works behind some cases.

    Sets of records are bitmaps of primary keys. ``facets`` maps names to the values of
    records; ``sequence(name)`` gives all records in the order of this name.
    """

    everything: BitMap
    facets: Mapping[str, ValueBitmaps[Any] | Pairs]
    sequence: Callable[[str], Keys]

    def matching(self, sets: Iterable[BitMap]) -> BitMap:
        """The records that are in each of the sets."""
        return BitMap.intersection(self.everything, *sets)

    def top_counts(
        self, facet: str, among: BitMap, n: int, also: Iterable[Any] = ()
    ) -> dict[Any, int]:
        """Value → how many of these records have it.

        Of the ``n`` values of most records, and of the values ``also``.
        """
        values = self.facets[facet]
        counts = values.top_counts(among, n)
        for value in also:
            if value not in counts:
                counts[value] = values.any([value]).intersection_cardinality(among)
        return counts

    def page(
        self,
        found: BitMap,
        order: str,
        start: int,
        stop: int,
        first: Iterable[int] = (),
    ) -> list[int]:
        """Primary keys of the records found from ``start`` to ``stop``, in this order.

        Those in ``first`` precede all others.
        """
        ahead = [key for key in first if key in found]
        keys = ahead[start:stop]
        if stop > len(ahead):
            rest = found - BitMap(ahead) if ahead else found
            past = max(start - len(ahead), 0)
            keys += piece(self.sequence(order), rest, past, stop - len(ahead))
        return keys

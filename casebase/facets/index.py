"""The records of one kind: what of them a choice leaves, counts, and pages in order."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pyroaring import BitMap

from casebase.facets.key_arrays import Keys, piece
from casebase.facets.links import Links
from casebase.facets.value_bitmaps import Sets


@dataclass(frozen=True)
class Index:
    """All public cases, or all works, or the works behind some cases.

    Sets of records are bitmaps of primary keys. Facets and orders go by their names.
    """

    everything: BitMap
    facets: Mapping[str, Sets[Any] | Links]
    sequence: Callable[[str], Keys]

    def matching(self, sets: Iterable[BitMap]) -> BitMap:
        """The records that are in each of the sets."""
        return BitMap.intersection(self.everything, *sets)

    def leading(
        self, facet: str, among: BitMap, n: int, also: Iterable[Any] = ()
    ) -> dict[Any, int]:
        """The ``n`` values of most records, and some others → how many have them."""
        values = self.facets[facet]
        counts = values.leading(among, n)
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
        """Primary keys of some of the records found, in order, after the ``first``."""
        ahead = [key for key in first if key in found]
        keys = ahead[start:stop]
        if stop > len(ahead):
            rest = found - BitMap(ahead) if ahead else found
            past = max(start - len(ahead), 0)
            keys += piece(self.sequence(order), rest, past, stop - len(ahead))
        return keys

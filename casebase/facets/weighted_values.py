"""Values of records that are counted with weights: a case by its number of findings."""

from collections.abc import Callable, Collection, Iterable
from heapq import nsmallest

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from casebase.facets.key_arrays import Keys, keys_of
from casebase.facets.value_bitmaps import ValueBitmaps


class Weights:
    """A whole number for each record; 0 for records that were not given one."""

    def __init__(self, keys: Keys, numbers: NDArray[np.integer]):
        """``keys`` are sorted, and the numbers belong to them in this order."""
        self._by_key = np.zeros(int(keys[-1]) + 1 if len(keys) else 0, "u4")
        self._by_key[keys] = numbers

    def sum(self, records: BitMap) -> int:
        """Return the sum of the numbers of these records."""
        keys = keys_of(records)
        known = keys[: keys.searchsorted(len(self._by_key))]
        return int(self._by_key[known].sum())


class WeightedValues[Value]:
    """The values of a facet, whose counts are sums of weights.

    ``weigh()`` returns the weights, and is called only to count. Only the values
    ``counted`` are, if they are given.
    """

    def __init__(
        self,
        values: ValueBitmaps[Value],
        weigh: Callable[[], Weights],
        counted: Collection[Value] | None = None,
    ):
        self._values, self._weigh, self._counted = values, weigh, counted
        self.any, self.all, self.where = values.any, values.all, values.where

    def counts(self, among: BitMap) -> dict[Value, int]:
        """Return value → sum of the weights of its records ``among``, without zeros."""
        weights, counted = self._weigh(), self._counted
        sums = (
            (value, weights.sum(keys & among))
            for value, keys in self._values.items()
            if counted is None or value in counted
        )
        return {value: n for value, n in sums if n}

    def count(self, value: Value, among: BitMap) -> int:
        """Return the sum of the weights of the records ``among`` with the value."""
        return self._weigh().sum(self.any([value]) & among)

    def top_counts(self, among: BitMap, n: int) -> dict[Value, int]:
        """Return the counts of the ``n`` values with the highest ones.

        Values with the same count are sorted.
        """
        counts: Iterable[tuple[Value, int]] = self.counts(among).items()
        return dict(nsmallest(n, counts, key=lambda count: (-count[1], count[0])))

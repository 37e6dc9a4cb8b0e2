"""Points gathered in bins: those that would hide each other become one marker."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from casebase.maps.projection import Coordinates

type Numbers = NDArray[np.intp]


@dataclass(frozen=True)
class Bins:
    """Bins from the one with the most points to the one with the fewest.

    ``of_points`` has the number of the bin of each point, from 0 on. ``counts`` has the
    number of points of each bin, ``x`` and ``y`` their middle.
    """

    of_points: Numbers
    counts: Numbers
    x: Coordinates
    y: Coordinates

    def __len__(self) -> int:
        return len(self.counts)

    def members(self) -> list[Numbers]:
        """Return the positions of the points of each bin, in their order."""
        order = np.argsort(self.of_points, kind="stable")
        return np.split(order, np.cumsum(self.counts)[:-1]) if len(self) else []


def gather(x: Coordinates, y: Coordinates, distance: float) -> Bins:
    """Return bins whose middles are at least ``distance`` apart.

    Points are binned by a grid first, so that a hundred thousand take a few
    milliseconds; then bins that are too near each other are joined.
    """
    cell = distance / 2
    columns = np.floor(np.asarray(x, np.float64) / cell).astype(np.int64)
    rows = np.floor(np.asarray(y, np.float64) / cell).astype(np.int64)
    # Maps are far less than a million cells wide.
    _, cells = np.unique(rows * 1_000_000 + columns, return_inverse=True)
    bins = build_bins(x, y, cells)
    while len(bins) != len(
        joined := build_bins(x, y, join_near(bins, distance)[bins.of_points])
    ):
        bins = joined
    return bins


def build_bins(x: Coordinates, y: Coordinates, labels: Numbers) -> Bins:
    """Return the bins of points that are labelled, by any numbers from 0 on.

    Bins of the same size are ordered from north to south, then from west to east.
    """
    counts = np.bincount(labels)
    used = np.flatnonzero(counts)
    n = counts[used]
    middle_x, middle_y = (np.bincount(labels, each)[used] / n for each in (x, y))
    order = np.lexsort((middle_x, middle_y, -n))
    numbers = np.zeros(len(counts), np.intp)
    numbers[used[order]] = np.arange(len(used))
    return Bins(numbers[labels], n[order], middle_x[order], middle_y[order])


def join_near(bins: Bins, distance: float) -> Numbers:
    """Return a label for each bin: the number of the larger one that it joins.

    A bin joins the first one that is nearer than ``distance`` and joins no other.
    """
    labels = np.full(len(bins), -1)
    for number in range(len(bins)):
        if labels[number] < 0:
            off_x, off_y = bins.x - bins.x[number], bins.y - bins.y[number]
            is_near = off_x * off_x + off_y * off_y < distance * distance
            labels[is_near & (labels < 0)] = number
    return labels

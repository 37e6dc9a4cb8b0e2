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
    number of points of each bin, ``x`` and ``y`` its place.
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
    """Return bins that are at least ``distance`` apart.

    Points are put into the cells of a grid first, so that a hundred thousand take a few
    milliseconds. The fullest cells that are far enough from each other are the places
    of bins, and every other cell joins the nearest of them.
    """
    cells = fill_cells(x, y, distance / 2)
    if not len(cells):
        return cells
    places = spread(cells, distance)
    off_x = cells.x[:, np.newaxis] - cells.x[places]
    off_y = cells.y[:, np.newaxis] - cells.y[places]
    labels = np.argmin(off_x * off_x + off_y * off_y, axis=1)[cells.of_points]
    return order_bins(labels, cells.x[places], cells.y[places])


def fill_cells(x: Coordinates, y: Coordinates, width: float) -> Bins:
    """Return a bin for each cell of a grid that has points, at their middle."""
    columns = np.floor(np.asarray(x, np.float64) / width).astype(np.int64)
    rows = np.floor(np.asarray(y, np.float64) / width).astype(np.int64)
    # Maps are far less than a million cells wide.
    _, labels = np.unique(rows * 1_000_000 + columns, return_inverse=True)
    n = np.bincount(labels)
    return order_bins(labels, np.bincount(labels, x) / n, np.bincount(labels, y) / n)


def order_bins(labels: Numbers, x: Coordinates, y: Coordinates) -> Bins:
    """Return the bins of points that are labelled, with the place of each label.

    Bins of the same size are ordered from north to south, then from west to east.
    """
    counts = np.bincount(labels, minlength=len(x))
    order = np.lexsort((x, y, -counts))
    numbers = np.empty(len(order), np.intp)
    numbers[order] = np.arange(len(order))
    return Bins(numbers[labels], counts[order], x[order], y[order])


def spread(bins: Bins, distance: float) -> Numbers:
    """Return the numbers of the first bins that are not too near an earlier one."""
    is_free, places = np.ones(len(bins), np.bool_), []
    for number in range(len(bins)):
        if is_free[number]:
            places.append(number)
            off_x, off_y = bins.x - bins.x[number], bins.y - bins.y[number]
            is_free &= off_x * off_x + off_y * off_y >= distance * distance
    return np.array(places, np.intp)

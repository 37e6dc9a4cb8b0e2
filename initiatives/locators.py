"""Small maps on the pages of cases and terms: where a case is, or the cases are."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from pyroaring import BitMap

from casebase.facets.snapshot import Snapshot
from casebase.maps.base_maps import SMALL_BASE_MAPS, View, view_around
from casebase.maps.bins import gather
from casebase.maps.points import Points
from initiatives.models import Initiative

# The least distance between two dots, as a share of the map's width.
DISTANCE = 0.04


@dataclass(frozen=True)
class Locator:
    """A small map without links: a view, and dots in percent of it.

    ``n`` is the number of cases that the dots stand for.
    """

    view: View
    dots: list[tuple[str, str]]
    n: int


def locate_case(case: Any) -> Locator | None:
    """Return a map of the region around a case; None if the case has no point."""
    if case.latitude is None:
        return None
    return locate(Points.from_places([(case.pk, case.longitude, case.latitude)]))


def locate_cases(snapshot: Snapshot, records: BitMap) -> Locator | None:
    """Return a map with all of these cases that have a point; None if none has."""
    points = snapshot.table(Initiative).points.of(records)
    return locate(points) if len(points) else None


def locate(points: Points) -> Locator:
    """Return a map with all points, of which there is at least one."""
    view = view_around(points.x, points.y, SMALL_BASE_MAPS)
    bins = gather(points.x, points.y, DISTANCE * view.frame.width)
    dots = [view.frame.percent(*middle) for middle in np.column_stack([bins.x, bins.y])]
    return Locator(view, dots, len(points))

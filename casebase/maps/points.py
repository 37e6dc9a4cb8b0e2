"""The places of records: a table in memory that is sorted by primary key."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from casebase.facets.key_arrays import (
    Keys,
    Table,
    bitmap,
    columns_of,
    positions,
    replace_rows,
    take_rows,
)
from casebase.maps.projection import Coordinates, project

PLACE = np.dtype([("key", "u4"), ("longitude", "f8"), ("latitude", "f8")])


class Points:
    """Records with a place, as primary keys and projected coordinates. Immutable."""

    def __init__(self, rows: Table | None = None):
        self._rows = rows or self._read(())

    @classmethod
    def from_places(cls, places: Iterable[tuple[int, float, float]]) -> "Points":
        """Build points of a primary key, a longitude and a latitude each."""
        return cls(cls._read(places))

    def updated(
        self, records: BitMap, places: Iterable[tuple[int, float, float]]
    ) -> "Points":
        """Return a copy in which these places replace those of some records.

        A place is a primary key, a longitude and a latitude, in degrees.
        """
        kept = positions(self._rows["key"], records, absent=True)
        return Points(replace_rows(self._rows, kept, "key", self._read(places)))

    @staticmethod
    def _read(places: Iterable[tuple[int, float, float]]) -> Table:
        read = np.fromiter(places, PLACE)
        read = read[np.argsort(read["key"])]
        x, y = project(read["longitude"], read["latitude"])
        return columns_of(read[["key"]]) | {
            "x": x.astype(np.float32),
            "y": y.astype(np.float32),
        }

    def of(self, records: BitMap) -> "Points":
        """Return those of these records."""
        return Points(take_rows(self._rows, positions(self._rows["key"], records)))

    def where(self, at: NDArray[np.bool_]) -> "Points":
        """Return those at which an array of booleans is true."""
        return Points(take_rows(self._rows, np.flatnonzero(at)))

    def __len__(self) -> int:
        return len(self._rows["key"])

    @property
    def keys(self) -> Keys:
        """The primary keys, sorted."""
        return self._rows["key"]

    @property
    def records(self) -> BitMap:
        """The bitmap of the primary keys."""
        return bitmap(self.keys)

    @property
    def x(self) -> Coordinates:
        return self._rows["x"]

    @property
    def y(self) -> Coordinates:
        return self._rows["y"]

"""Reads countries from TopoJSON, where borders that they share are stored once.

https://github.com/topojson/topojson-specification
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

# Points as rows: a longitude and a latitude in degrees, or x and y.
type Line = NDArray[np.float64]

# Land that is farther south than this everywhere: Antarctica.
ANTARCTICA = -60


@dataclass(frozen=True)
class Topology:
    """Lines in degrees, and what they are the outlines of.

    A ring is a list of numbers of lines: the first is 0, and ~0 is the same backwards.
    """

    lines: list[Line]
    land: list[list[int]]
    # The name of a country → its rings.
    countries: dict[str, list[list[int]]]

    @classmethod
    def parse(cls, document: dict[str, Any]) -> "Topology":
        """Return the objects “land” and “countries” of a parsed file."""
        scale, translate = (
            np.array(document["transform"][name]) for name in ("scale", "translate")
        )
        lines = [
            np.cumsum(np.array(arc, float), axis=0) * scale + translate
            for arc in document["arcs"]
        ]
        land, countries = (
            document["objects"][name]["geometries"] for name in ("land", "countries")
        )
        return cls(
            lines,
            [ring for shape in land for ring in rings_of(shape)],
            {shape["properties"]["name"]: list(rings_of(shape)) for shape in countries},
        )

    def outlines(self, rings: list[list[int]]) -> Iterator[Line]:
        """Yield rings as closed lines, without those of Antarctica.

        Longitudes don't jump: a ring across the antimeridian goes on beyond 180°.
        """
        for ring in rings:
            line = np.concatenate([self._line(number)[:-1] for number in ring])
            if line[:, 1].max() > ANTARCTICA:
                yield continuous(np.concatenate([line, line[:1]]))

    def borders(self) -> Iterator[Line]:
        """Yield the lines that two countries share."""
        uses = Counter(
            chain.from_iterable(
                {max(number, ~number) for ring in rings for number in ring}
                for rings in self.countries.values()
            )
        )
        for number, n in uses.items():
            if n > 1:
                yield continuous(self.lines[number])

    def _line(self, number: int) -> Line:
        return self.lines[number] if number >= 0 else self.lines[~number][::-1]


def rings_of(shape: dict[str, Any]) -> Iterator[list[int]]:
    """Yield the rings of a Polygon or a MultiPolygon."""
    polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
    return chain.from_iterable(polygons)


def continuous(line: Line) -> Line:
    """Return a line in degrees whose longitudes do not jump by 360°."""
    return np.column_stack([np.unwrap(line[:, 0], period=360), line[:, 1]])

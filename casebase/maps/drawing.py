"""Draws the base maps from the files of Natural Earth. See ``draw_base_maps``."""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from casebase.maps.base_maps import BASE_MAPS, SMALL_BASE_MAPS, BaseMap
from casebase.maps.frames import Frame
from casebase.maps.outlines import clip, pair, project_ring, to_path
from casebase.maps.projection import project
from casebase.maps.topology import Line, Topology

# The data that have even the smallest countries.
FINEST = "50m"
# A country is drawn as a dot, too, if it is smaller than this share of the view.
DOT = 1 / 200
FILE = """\
<svg xmlns="http://www.w3.org/2000/svg">
<!-- Natural Earth {scale} (public domain), from world-atlas 2.0.2 (ISC licence).
Drawn by manage.py draw_base_maps. -->
{paths}
</svg>
"""


def draw_all(package: Path, static: Path) -> None:
    """Write the files of all base maps into the folder of static files.

    ``package`` is the folder of world-atlas.
    """
    for base_map in [*BASE_MAPS.values(), *SMALL_BASE_MAPS.values()]:
        scales = {base_map.scale, FINEST}
        topologies = {scale: read_topology(package, scale) for scale in scales}
        drawing = draw(base_map, topologies[base_map.scale], topologies[FINEST])
        (static / base_map.file).write_text(drawing)


def read_topology(package: Path, scale: str) -> Topology:
    return Topology.parse(json.loads((package / f"countries-{scale}.json").read_text()))


def draw(base_map: BaseMap, topology: Topology, finest: Topology) -> str:
    """Return the file of a base map: what is sea, land, border and a small country."""
    step, extent = base_map.step, base_map.extent
    paths = {
        "sea": to_path([clip(outline_of_the_globe(), extent)], step, closed=True),
        "land": to_path(land_in(topology, extent), step, closed=True),
    }
    if base_map.has_borders:
        paths["borders"] = to_path(borders_in(topology, extent), step, closed=False)
    if base_map.has_dots:
        paths["dots"] = to_dots(small_countries(base_map, topology, finest))
    drawn = "\n".join(draw_path(name, data, step) for name, data in paths.items())
    return FILE.format(scale=base_map.scale, paths=drawn)


def to_dots(points: list[tuple[float, float]]) -> str:
    """Return lines without a length, which are drawn as round as their ends."""
    return "".join(f"M{pair(round(x), round(y))}h0" for x, y in points)


def draw_path(name: str, data: str, step: int) -> str:
    """Return a path in the units of the projection, with lines of a constant width."""
    scale = "" if step == 1 or name == "dots" else f' transform="scale({step})"'
    return f'<path id="{name}"{scale} vector-effect="non-scaling-stroke" d="{data}"/>'


def outline_of_the_globe() -> Line:
    """Return the antimeridian, on both sides of the map."""
    north = np.arange(-90, 91, 3)
    east = np.full(len(north), 180)
    longitudes = np.concatenate([east, -east, east[:1]])
    latitudes = np.concatenate([north, north[::-1], north[:1]])
    return np.column_stack(project(longitudes, latitudes))


def land_in(topology: Topology, extent: Frame) -> Iterator[Line]:
    for ring in topology.outlines(topology.land):
        for part in project_ring(ring):
            if len(clipped := clip(part, extent)):
                yield clipped


def borders_in(topology: Topology, extent: Frame) -> Iterator[Line]:
    """Yield the borders of which a part is in the extent, each as a whole."""
    for border in topology.borders():
        line = np.column_stack(project(*border.T))
        if extent.contains(*line.T).any():
            yield line


def small_countries(
    base_map: BaseMap, topology: Topology, finest: Topology
) -> list[tuple[float, float]]:
    """Return the middles of the countries that are not to be seen as shapes.

    The data of 110 m have no Malta, Singapore or Andorra.
    """
    least, dots = base_map.frame.width * DOT, []
    for name, rings in finest.countries.items():
        parts = [part for r in finest.outlines(rings) for part in project_ring(r)]
        frames = [Frame.around(*part.T) for part in parts]
        # Nothing is left of Antarctica.
        largest = max(frames, key=size, default=None)
        if largest and (size(largest) < least or name not in topology.countries):
            x, y = largest.left + largest.width / 2, largest.top + largest.height / 2
            if base_map.extent.contains(x, y):
                dots.append((x, y))
    return dots


def size(frame: Frame) -> float:
    return max(frame.width, frame.height)

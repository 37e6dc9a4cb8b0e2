"""The base maps, and the views of the world that have a name."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from casebase.maps.frames import Frame
from casebase.maps.projection import Coordinates

# Width to height of the views → how the shape is called in the style sheets.
WORLD_RATIO, RATIO, SQUARE = 2.2, 1.5, 1.0
SHAPES = {WORLD_RATIO: "world", RATIO: "wide", SQUARE: "square"}
# The space around the outermost points, as a share of the distance between them.
MARGIN = 0.12
# A base map reaches beyond its view by this share, for points near the edge of it.
BEYOND = 0.15


@dataclass(frozen=True)
class BaseMap:
    """A drawing of land and borders, and the view of the world that it is made for.

    ``scale`` is that of the data in Natural Earth; ``step`` is the distance to which
    the drawing is exact, in units of the projection; ``least_width`` is that of the
    smallest frame that the drawing is good enough for.
    """

    name: str
    label: str
    scale: str
    step: int
    least_width: float
    frame: Frame
    has_borders: bool = True
    has_dots: bool = True

    @property
    def file(self) -> str:
        """The static file with the drawing."""
        return f"img/map-{self.name}.svg"

    @property
    def extent(self) -> Frame:
        """What is drawn: more than the frame."""
        return self.frame.grown(self.frame.ratio, margin=BEYOND)


WORLD = BaseMap(
    name="world",
    label="World",
    scale="110m",
    step=20,
    least_width=9_000,
    frame=Frame.of_degrees(-180, -57, 180, 84, WORLD_RATIO),
)
EUROPE = BaseMap(
    name="europe",
    label="Europe",
    scale="50m",
    step=5,
    least_width=3_000,
    frame=Frame.of_degrees(-12, 35, 34, 66, RATIO),
)
BRITISH_ISLES = BaseMap(
    name="british-isles",
    label="British Isles",
    scale="50m",
    step=1,
    least_width=1_000,
    frame=Frame.of_degrees(-11, 49.6, 2.2, 60.9, SQUARE),
)
# From the largest to the smallest view: from the coarsest to the finest drawing.
BASE_MAPS = {each.name: each for each in (WORLD, EUROPE, BRITISH_ISLES)}
# Of a few kilobytes, for small maps on pages about something else.
SMALL_WORLD = replace(
    WORLD,
    name="small-world",
    step=60,
    least_width=20_000,
    has_borders=False,
    has_dots=False,
)
SMALL_EUROPE = replace(
    EUROPE,
    name="small-europe",
    scale="110m",
    step=30,
    least_width=8_000,
    has_dots=False,
)
SMALL_BASE_MAPS = {each.name: each for each in (SMALL_WORLD, SMALL_EUROPE)}


@dataclass(frozen=True)
class View:
    """A frame, and the base map that is drawn in it."""

    base_map: BaseMap
    frame: Frame

    @property
    def shape(self) -> str:
        """Its shape: “world”, “wide” or “square”."""
        return SHAPES[round(self.frame.ratio, 1)]

    @property
    def is_world(self) -> bool:
        """Whether there is no larger view."""
        return self.frame == WORLD.frame


def view_of(name: str) -> View:
    """Return the view with this name."""
    return View(BASE_MAPS[name], BASE_MAPS[name].frame)


def view_around(
    x: Coordinates, y: Coordinates, base_maps: dict[str, BaseMap] = BASE_MAPS
) -> View:
    """Return the nearest view with all points, or that of the world.

    ``base_maps`` are ordered from the largest to the smallest.
    """
    world, *_ = base_maps.values()
    if not len(x):
        return View(world, world.frame)
    bounds = Frame.around(x, y)
    for base_map in reversed(base_maps.values()):
        frame = bounds.grown(RATIO, base_map.least_width, MARGIN)
        is_whole = base_map.frame.contains(x, y).all()
        if is_whole and frame.width < min(base_map.extent.width, WORLD.frame.width / 2):
            return View(base_map, frame.moved_into(base_map.extent))
    return View(world, world.frame)


def names_of_views_around(x: Coordinates, y: Coordinates) -> Iterable[str]:
    """Yield the names of the views with all of these points, the nearest first."""
    for name, base_map in reversed(BASE_MAPS.items()):
        if base_map.frame.contains(x, y).all():
            yield name

"""How base maps are drawn from TopoJSON, and the drawings in the repository."""

import json
import re
from pathlib import Path

import numpy as np
import pytest
from django.contrib.staticfiles import finders
from django.core.management import CommandError, call_command

from casebase.maps.base_maps import BASE_MAPS, SMALL_BASE_MAPS, WORLD
from casebase.maps.frames import Frame
from casebase.maps.outlines import clip, keep_side, project_ring, to_path
from casebase.maps.projection import WIDTH, project
from casebase.maps.topology import Topology

# A square: closed, as all rings.
SQUARE = np.array([(0, 0), (4, 0), (4, 4), (0, 4), (0, 0)], float)
MAPS = [*BASE_MAPS.values(), *SMALL_BASE_MAPS.values()]


def shape(name, *rings):
    polygons = [[ring] for ring in rings]
    if len(polygons) == 1:
        return {
            "type": "Polygon",
            "arcs": polygons[0],
            "properties": {"name": name},
        }
    return {"type": "MultiPolygon", "arcs": polygons, "properties": {"name": name}}


def topology(*extra, arcs=()):
    """Two countries beside each other, which share the line 0 between them."""
    lines = [
        [[10, 50], [0, 10]],
        [[10, 60], [-10, 0], [0, -10], [10, 0]],
        [[10, 50], [10, 0], [0, 10], [-10, 0]],
        # Antarctica, round the pole.
        [[-180, -80], [180, 0], [180, 0], [0, -10], [-360, 0], [0, 10]],
        # An island far away.
        [[100, 0], [5, 0], [0, 5], [-5, -5]],
        *arcs,
    ]
    countries = [shape("West", [0, 1]), shape("East", [2, ~0])]
    land = [*countries, shape("Antarctica", [3]), *extra]
    return {
        "type": "Topology",
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        "objects": {
            "land": {"geometries": [shape("", [1, 2], [3], [4])]},
            "countries": {"geometries": land},
        },
        "arcs": lines,
    }


def test_countries_share_a_border_and_antarctica_is_left_out():
    read = Topology.parse(topology())
    [border] = read.borders()
    assert border.tolist() == [[10, 50], [10, 60]]
    land, island = read.outlines(read.land)
    assert island.tolist() == [[100, 0], [105, 0], [105, 5], [100, 0]]
    assert land[0].tolist() == land[-1].tolist() == [10, 60]
    assert len(land) == 7
    [east] = read.outlines(read.countries["East"])
    assert east.tolist() == [[10, 50], [20, 50], [20, 60], [10, 60], [10, 50]]


def test_coordinates_are_scaled_and_moved():
    document = topology()
    document["transform"] = {"scale": [0.5, 2], "translate": [1, -1]}
    assert Topology.parse(document).lines[0].tolist() == [[6, 99], [6, 119]]


def test_a_country_across_the_antimeridian_is_cut_in_two():
    """Drawn as one, it would be a stripe from one side of the world to the other."""
    fiji = [[170, -20], [20, 0], [0, 5], [-20, 0], [0, -5]]
    jumping = [[x - 360 if x > 180 else x, y] for x, y in np.cumsum(fiji, 0).tolist()]
    differences = [jumping[0], *np.diff(jumping, axis=0).tolist()]
    read = Topology.parse(topology(shape("Fiji", [5]), arcs=[differences]))
    [outline] = read.outlines(read.countries["Fiji"])
    west, east = sorted(project_ring(outline), key=lambda part: part[:, 0].min())
    for part in (west, east):
        assert np.ptp(part[:, 0]) < WIDTH / 30
    assert west[:, 0].min() == pytest.approx(project(-180, -15)[0])
    assert east[:, 0].max() == pytest.approx(project(180, -15)[0])


def test_a_ring_is_clipped_on_all_sides():
    clipped = clip(SQUARE, Frame(1, 1, 2, 2))
    assert {*map(tuple, clipped.tolist())} == {(1, 1), (3, 1), (3, 3), (1, 3)}
    assert clipped[0].tolist() == clipped[-1].tolist()
    assert clip(SQUARE, Frame(-1, -1, 9, 9)).tolist() == SQUARE.tolist()
    assert len(clip(SQUARE, Frame(7, 7, 1, 1))) == 0
    assert len(keep_side(SQUARE, 0, 2, -1)) == 5


def test_a_path_has_whole_steps_and_no_needless_points():
    assert to_path([SQUARE], 1, closed=True) == "M0 0l4 0 0 4-4 0z"
    assert to_path([SQUARE], 2, closed=False) == "M0 0l2 0 0 2-2 0 0-2"
    # Too small to be seen.
    assert to_path([SQUARE], 100, closed=True) == ""
    assert to_path([SQUARE[:1]], 1, closed=False) == ""


@pytest.fixture
def package(tmp_path):
    """A folder with files of both scales; the finer one has three more countries."""
    malta = [[14, 36], [0.1, 0], [0, 0.1], [-0.1, -0.1]]
    tonga = [[-175, -21], [4, 0], [0, 4], [-4, -4]]
    tuvalu = [[179, -8], [0.01, 0], [0, 0.01], [-0.01, -0.01]]
    more = [shape("Malta", [5]), shape("Tonga", [6]), shape("Tuvalu", [7])]
    files = {"110m": topology(), "50m": topology(*more, arcs=[malta, tonga, tuvalu])}
    for scale, content in files.items():
        (tmp_path / f"countries-{scale}.json").write_text(json.dumps(content))
    return tmp_path


def paths_of(svg):
    return dict(re.findall(r'<path id="(\w+)".* d="([^"]*)"/>', svg))


def test_the_command_writes_a_file_for_each_base_map(package, tmp_path, settings):
    settings.BASE_DIR = tmp_path
    (tmp_path / "static/img").mkdir(parents=True)
    call_command("draw_base_maps", package)
    files = {each.name: tmp_path / "static" / each.file for each in MAPS}
    drawn = {name: paths_of(file.read_text()) for name, file in files.items()}
    assert set(drawn["world"]) == {"sea", "land", "borders", "dots"}
    assert set(drawn["small-world"]) == {"sea", "land"}
    # Countries without a shape at 110m are dots; those that are large enough at 50m
    # are not.
    assert drawn["world"]["dots"].count("M") == 3
    assert drawn["europe"]["dots"].count("M") == 1
    assert drawn["british-isles"]["dots"] == ""
    # The border of the two countries is far from the British Isles.
    assert drawn["europe"]["borders"]
    assert drawn["british-isles"]["borders"] == ""
    assert drawn["world"]["land"].count("M") == 2
    assert drawn["europe"]["land"].count("M") == 1


def test_the_command_says_which_file_is_missing(tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        call_command("draw_base_maps", tmp_path)


@pytest.mark.parametrize("base_map", MAPS, ids=lambda each: each.name)
def test_drawings_in_the_repository_have_no_stripes(base_map):
    text = Path(finders.find(base_map.file)).read_text()
    assert "Natural Earth" in text
    assert "style=" not in text
    land = paths_of(text)["land"]
    across = base_map.extent.width / base_map.step
    moves = re.findall(r"-?\d+", re.sub(r"M-?\d+ ?-?\d+", "", land))
    # No line of a coast is longer than a third of the map, save along the edge of it.
    assert len(moves) > 500
    long = [x for x in map(int, moves[::2]) if abs(x) > across / 3]
    assert len(long) <= (0 if base_map.frame == WORLD.frame else 2)

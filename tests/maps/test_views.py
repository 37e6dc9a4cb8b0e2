"""Frames, and the views that are chosen for points."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebase.maps.base_maps import (
    BASE_MAPS,
    SMALL_BASE_MAPS,
    names_of_views_around,
    view_around,
    view_of,
)
from casebase.maps.frames import Frame
from casebase.maps.projection import project

LONDON, WEYHE, OSLO = (-0.1, 51.5), (8.9, 53.0), (10.8, 59.9)
LISBON, TAIPEI, PORTO_ALEGRE = (-9.1, 38.7), (121.6, 25.0), (-51.2, -30.0)
SOUTH_POLE = (0, -90)
places = st.tuples(st.floats(-180, 180), st.floats(-56, 83))


def around(*places):
    return view_around(*project(*np.array(places).T))


@pytest.mark.parametrize(
    ("places", "name"),
    [
        ([LONDON], "british-isles"),
        ([LONDON, WEYHE], "europe"),
        ([LISBON], "europe"),
        ([WEYHE, OSLO], "europe"),
        ([TAIPEI], "world"),
        ([LONDON, TAIPEI], "world"),
        ([SOUTH_POLE], "world"),
    ],
)
def test_the_finest_drawing_that_has_all_places_is_used(places, name):
    assert around(*places).base_map == BASE_MAPS[name]


def test_places_far_apart_are_shown_on_the_whole_world():
    assert around(LONDON, TAIPEI, PORTO_ALEGRE) == view_of("world")
    assert around(LONDON, TAIPEI, PORTO_ALEGRE).is_world
    assert not around(LONDON).is_world


def test_without_points_the_world_is_shown():
    assert view_around(np.array([]), np.array([])) == view_of("world")


@given(st.lists(places, min_size=1, max_size=5), st.sampled_from([0, 1]))
def test_a_view_shows_all_its_points_and_nothing_that_is_not_drawn(places, small):
    x, y = project(*np.array(places).T)
    view = view_around(x, y, [BASE_MAPS, SMALL_BASE_MAPS][small])
    assert view.frame.contains(x, y).all()
    drawn = view.base_map.extent
    assert view.frame.left >= drawn.left - 1e-6
    assert view.frame.top >= drawn.top - 1e-6
    assert view.frame.left + view.frame.width <= drawn.left + drawn.width + 1e-6
    assert view.frame.top + view.frame.height <= drawn.top + drawn.height + 1e-6


@pytest.mark.parametrize(
    ("name", "shape"),
    [("world", "world"), ("europe", "wide"), ("british-isles", "square")],
)
def test_a_named_view_has_a_shape_and_is_within_what_is_drawn(name, shape):
    view = view_of(name)
    assert view.shape == shape
    assert view.base_map.extent.width > view.frame.width


def test_the_view_of_a_region_has_the_region():
    for name, places in {
        "europe": [LISBON, OSLO, (24.9, 60.2), (33, 35.1)],
        "british-isles": [LONDON, (-10.2, 51.9), (-0.8, 60.8), (1.7, 52.5)],
    }.items():
        assert view_of(name).frame.contains(*project(*np.array(places).T)).all()
        assert not view_of(name).frame.contains(*project(*TAIPEI))


def test_views_around_points_are_named_from_the_nearest_on():
    def named(*places):
        return list(names_of_views_around(*project(*np.array(places).T)))

    assert named(LONDON) == ["british-isles", "europe", "world"]
    assert named(LONDON, WEYHE) == ["europe", "world"]
    assert named(SOUTH_POLE) == []


def test_a_frame_grows_around_its_middle():
    frame = Frame(10, 10, 2, 2).grown(1.5, least=6)
    assert frame == Frame(8, 9, 6, 4)
    assert Frame(0, 0, 10, 10).grown(1, margin=0.1) == Frame(-1, -1, 12, 12)


def test_a_frame_is_moved_no_farther_than_needed():
    inside = Frame(0, 0, 10, 10)
    assert Frame(-2, 3, 4, 4).moved_into(inside) == Frame(0, 3, 4, 4)
    assert Frame(2, 9, 4, 4).moved_into(inside) == Frame(2, 6, 4, 4)


def test_a_frame_in_the_syntax_of_svg():
    frame = Frame(-10.2, 20, 200, 100)
    assert frame.view_box == "-10 20 200 100"
    assert frame.percent(39.8, 45) == ("25.00%", "25.00%")

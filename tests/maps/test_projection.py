"""The Equal Earth projection."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebase.maps.projection import HEIGHT, WIDTH, project

longitudes = st.floats(-180, 180)
latitudes = st.floats(-90, 90)


@pytest.mark.parametrize(
    ("longitude", "latitude", "x", "y"),
    [
        (0, 0, 0, 0),
        (180, 0, 1, 0),
        (-180, 0, -1, 0),
        # Of d3-geo 3.1.1: geoEqualEarthRaw, divided by its x of 180°, y downwards.
        (8.87, 52.99, 0.039638, -0.364963),
        (-51.22, -30.03, -0.266129, 0.219276),
        (174.78, -41.29, 0.853556, 0.294493),
        (0, 90, 0, -0.486717),
    ],
)
def test_places_are_where_other_programs_project_them(longitude, latitude, x, y):
    at = project(longitude, latitude)
    half = WIDTH / 2
    assert (at[0] - half) / half == pytest.approx(x, abs=1e-5)
    assert (at[1] - HEIGHT / 2) / half == pytest.approx(y, abs=1e-5)


@given(st.floats(-1e4, 1e4), st.floats(-1e4, 1e4))
def test_every_place_is_on_the_map(longitude, latitude):
    x, y = project(longitude, latitude)
    assert 0 <= x <= WIDTH
    assert -1e-6 <= y <= HEIGHT + 1e-6


@given(longitudes, st.lists(latitudes, min_size=2, unique=True))
def test_the_farther_north_the_higher(longitude, several):
    _, y = project([longitude] * len(several), sorted(several))
    assert all(lower >= higher for lower, higher in pairwise(y))


@given(st.lists(longitudes, min_size=2, unique=True), latitudes)
def test_the_farther_east_the_farther_right(several, latitude):
    x, y = project(sorted(several), [latitude] * len(several))
    assert all(left <= right for left, right in pairwise(x))
    # Parallels are straight.
    assert y.min() == y.max()


@given(longitudes, latitudes)
def test_both_halves_of_the_world_are_alike(longitude, latitude):
    (x, y), (other_x, other_y) = (
        project(longitude, latitude),
        project(-longitude, -latitude),
    )
    assert x + other_x == pytest.approx(WIDTH)
    assert y + other_y == pytest.approx(HEIGHT)

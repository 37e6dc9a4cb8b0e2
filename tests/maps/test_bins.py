"""Points gathered in bins."""

from itertools import combinations
from math import dist

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from casebase.maps.bins import gather

coordinates = st.lists(
    st.tuples(st.floats(0, 100_000), st.floats(0, 48_000)), max_size=60
)
distances = st.floats(50, 20_000)


def bins_of(points, distance=10):
    x, y = np.array(points, float).reshape(-1, 2).T
    return gather(x, y, distance)


@given(coordinates, distances)
def test_every_point_is_in_exactly_one_bin(points, distance):
    bins = bins_of(points, distance)
    members = [point for of in bins.members() for point in of.tolist()]
    assert sorted(members) == list(range(len(points)))
    assert bins.counts.sum() == len(points)
    for number, of in enumerate(bins.members()):
        assert len(of) == bins.counts[number]
        assert set(bins.of_points[of]) == {number}
        # They keep their order.
        assert of.tolist() == sorted(of.tolist())


@given(coordinates, distances)
def test_no_two_bins_are_nearer_than_the_distance(points, distance):
    bins = bins_of(points, distance)
    middles = zip(bins.x, bins.y, strict=True)
    assert all(dist(*two) >= distance for two in combinations(middles, 2))


@given(coordinates, distances)
def test_the_largest_bins_come_first(points, distance):
    counts = bins_of(points, distance).counts.tolist()
    assert counts == sorted(counts, reverse=True)


def test_points_at_one_place_are_one_bin_in_their_middle():
    bins = bins_of([(10, 20), (10, 20), (11, 20), (90, 90)])
    assert bins.counts.tolist() == [3, 1]
    assert bins.x.round(2).tolist() == [10.33, 90]
    assert bins.y.tolist() == [20, 90]


def test_a_bin_is_where_most_of_its_points_are():
    bins = bins_of([(10, 10), (16, 10), (16, 10)])
    assert bins.counts.tolist() == [3]
    assert (bins.x.tolist(), bins.y.tolist()) == ([16], [10])


def test_a_point_joins_the_nearest_bin():
    bins = bins_of([(10, 10)] * 3 + [(22, 10)] * 2 + [(17, 10)])
    assert bins.counts.tolist() == [3, 3]
    assert bins.of_points[-1] == bins.of_points[-2] != bins.of_points[0]


def test_points_on_both_sides_of_a_line_of_the_grid_are_one_bin():
    assert len(bins_of([(9.9, 9.9), (10.1, 10.1)])) == 1


def test_bins_of_a_size_are_ordered_from_north_to_south_then_from_west():
    bins = bins_of([(50, 90), (90, 10), (10, 10)])
    assert list(zip(bins.x, bins.y, strict=True)) == [(10, 10), (90, 10), (50, 90)]


def test_no_points_have_no_bins():
    bins = bins_of([])
    assert len(bins) == 0
    assert bins.members() == []

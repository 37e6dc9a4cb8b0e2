"""The table of the places of records."""

from pyroaring import BitMap

from casebase.maps.points import Points
from casebase.maps.projection import project

WEYHE, HELSINKI, SURREY = (8.87, 52.99), (24.94, 60.17), (-0.42, 51.25)


def points_of(**places):
    return Points.from_places((int(key[1:]), *place) for key, place in places.items())


def coordinates(points):
    return dict(
        zip(points.keys.tolist(), zip(points.x, points.y, strict=True), strict=True)
    )


def test_points_are_sorted_by_key_and_projected():
    points = points_of(k7=WEYHE, k3=HELSINKI)
    assert points.keys.tolist() == [3, 7]
    x, y = project(*HELSINKI)
    assert abs(points.x[0] - x) + abs(points.y[0] - y) < 0.1
    assert len(Points()) == 0


def test_places_are_replaced_added_and_removed():
    points = points_of(k1=WEYHE, k2=HELSINKI, k3=SURREY)
    updated = points.updated(BitMap([2, 3, 4]), [(4, *WEYHE), (2, *SURREY)])
    expected = points_of(k1=WEYHE, k2=SURREY, k4=WEYHE)
    assert coordinates(updated) == coordinates(expected)
    # The points before have not changed.
    assert points.records == BitMap([1, 2, 3])


def test_points_of_some_records():
    points = points_of(k1=WEYHE, k2=HELSINKI, k3=SURREY)
    assert points.of(BitMap([2, 9])).keys.tolist() == [2]
    assert points.where(points.x < points.x[0]).records == BitMap([3])

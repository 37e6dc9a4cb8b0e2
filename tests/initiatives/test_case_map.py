"""What is on a map of cases: markers, their entries, and where the rest of them is."""

import pytest
from django.http import QueryDict

from casebase.change_tracking.transactions import update_derived_data
from casebase.facets.snapshot_cache import current_snapshot
from initiatives.case_map import letters, name_countries
from initiatives.map_filter import MapFilter
from initiatives.models import Initiative
from tests.factories import InitiativeFactory
from tests.initiatives.test_filters import matches

pytestmark = [pytest.mark.django_db, pytest.mark.once]

WEYHE = {"latitude": 52.99, "longitude": 8.87, "country": "DE"}
BREMEN = {"latitude": 53.08, "longitude": 8.8, "country": "DE"}
SURREY = {"latitude": 51.25, "longitude": -0.42, "country": "GB"}
ABERDEEN = {"latitude": 57.15, "longitude": -2.09, "country": "GB"}
TAIPEI = {"latitude": 25.04, "longitude": 121.56, "country": "TW"}
POLE = {"latitude": -90, "longitude": 0, "country": "AQ"}


def filtered(query=""):
    return MapFilter(QueryDict(query), Initiative.objects.published())


def map_of(query=""):
    return filtered(query).current_page


def entries(query=""):
    """Return letters → names of the cases that the list below the map has."""
    markers = map_of(query).markers
    return {each.letters: [str(case) for case in each.cases] for each in markers}


def test_a_case_that_is_no_longer_public_leaves_the_map():
    case, _ = InitiativeFactory(name="Patrol", **WEYHE), InitiativeFactory(**SURREY)
    assert len(map_of().markers) == 2
    case.status, case.status_note = "withdrawn", "Why."
    case.save()
    update_derived_data()
    assert len(map_of().points) == 1


def test_cases_of_a_marker_are_in_the_order_of_the_list():
    for name, year in {"Old": 1990, "New": 2020, "Middle": 2005}.items():
        InitiativeFactory(name=name, start_year=year, **WEYHE)
    assert entries() == {"A": ["Middle", "New", "Old"]}
    assert entries("sort=year") == {"A": ["New", "Middle", "Old"]}


def test_with_words_the_best_match_comes_first():
    InitiativeFactory(name="A choir", summary="They also garden.", **WEYHE)
    InitiativeFactory(name="Garden and garden", summary="Garden.", **WEYHE)
    update_derived_data()
    assert entries("q=garden") == {"A": ["Garden and garden", "A choir"]}


def test_the_index_has_points_of_public_cases_only():
    public = InitiativeFactory(**WEYHE)
    InitiativeFactory(status="review", **SURREY)
    points = current_snapshot().table(Initiative).points
    assert points.keys.tolist() == [public.pk]


def rest_of(query=""):
    [marker] = [each for each in map_of(query).markers if each.rest]
    return marker.rest


def test_a_long_entry_leads_to_the_list_of_a_country():
    InitiativeFactory.create_batch(23, **WEYHE)
    InitiativeFactory(**TAIPEI)
    rest = rest_of("from=&view=world")
    assert (rest.count, rest.words) == (3, "All 23 as a list")
    assert rest.query == "?from=&country=DE"
    assert not rest.is_map
    assert len(matches(rest.query.removeprefix("?"))) == 23


def test_a_long_entry_of_several_countries_leads_to_a_nearer_view():
    InitiativeFactory.create_batch(12, **WEYHE)
    InitiativeFactory.create_batch(12, **SURREY)
    InitiativeFactory(**TAIPEI)
    rest = rest_of("view=world")
    assert (rest.count, rest.words) == (4, "Nearer: Europe")
    assert (rest.query, rest.is_map) == ("?view=europe", True)
    assert len(map_of("view=europe").markers) == 2


def test_where_no_view_is_nearer_the_map_of_a_country_is():
    InitiativeFactory.create_batch(21, **SURREY)
    InitiativeFactory(**SURREY | {"country": "IE"})
    InitiativeFactory(**ABERDEEN)
    rest = rest_of("view=british-isles")
    assert (rest.count, rest.words) == (2, "Nearer: United Kingdom")
    assert (rest.query, rest.is_map) == ("?country=GB", True)


def test_where_nothing_is_nearer_the_list_has_more():
    InitiativeFactory.create_batch(21, **SURREY)
    InitiativeFactory(**ABERDEEN)
    rest = rest_of("country=GB&view=british-isles")
    assert (rest.count, rest.words) == (1, "All 22 in United Kingdom as a list")
    assert (rest.query, rest.is_map) == ("?country=GB", False)


def test_many_markers_list_fewer_cases_each():
    places = [(x, y) for x in range(-160, 180, 40) for y in (-40, -10, 20, 50)]
    Initiative.objects.bulk_create(
        Initiative(
            slug=f"case-{longitude}-{latitude}-{n}".replace("--", "-s"),
            name=f"Case {longitude} {latitude} {n}",
            summary="What it is.",
            locality="Here",
            country="FR",
            latitude=latitude,
            longitude=longitude,
            status="published",
        )
        for longitude, latitude in places
        for n in range(9)
    )
    shown = map_of("view=world")
    assert len(shown.markers) == 36
    assert {len(each.cases) for each in shown.markers} == {6}
    assert {each.rest.count for each in shown.markers} == {3}


def test_letters_go_on_after_z():
    assert [letters(n) for n in (0, 25, 26, 51, 52, 701, 702)] == [
        *("A", "Z", "AA", "AZ", "BA", "ZZ", "AAA")
    ]


def test_countries_in_words():
    codes = ["DE", "FR", "IT", "ES", "PT"]
    assert name_countries(codes[:1]) == "Germany"
    assert name_countries(codes[:3]) == "Germany, France, Italy"
    assert name_countries(codes[:4]).endswith("Italy and 1 more country")
    assert name_countries(codes).endswith("Italy and 2 more countries")


def test_a_marker_with_more_cases_is_larger():
    InitiativeFactory.create_batch(10, **WEYHE)
    InitiativeFactory.create_batch(2, **SURREY)
    InitiativeFactory(**TAIPEI)
    radii = [each.radius for each in map_of("view=world").markers]
    assert radii == sorted(radii, reverse=True)


def test_many_cases_have_fewer_markers_with_more_room(monkeypatch):
    InitiativeFactory(**WEYHE)
    InitiativeFactory(**WEYHE | {"longitude": WEYHE["longitude"] + 5})
    assert len(map_of("view=europe").markers) == 2
    monkeypatch.setattr("initiatives.case_map.MANY", 2)
    assert len(map_of("view=europe").markers) == 1

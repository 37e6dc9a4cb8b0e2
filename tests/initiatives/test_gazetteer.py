"""Where towns are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from initiatives.gazetteer import find_places

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("name", "country", "found"),
    [
        ("Linköping", "SE", "Linköping"),
        ("LINKOPING", "SE", "Linköping"),
        ("GÖTEBORG", "SE", "Gothenburg"),
        ("winston salem", "US", "Winston-Salem"),
        ("Lodz", "PL", "Łódź"),
        (" graz ", "AT", "Graz"),
        ("Upper Horfield, Bristol", "GB", "Bristol"),
        ("東京", "JP", "Tokyo"),
    ],
)
def test_a_place_is_found_by_any_of_its_names(name, country, found):
    assert find_places(name, country)[0].name == found


def test_a_place_has_coordinates_and_a_population():
    [graz] = find_places("Gratz", "AT")
    assert (graz.name, graz.other_name, graz.region) == ("Graz", "Gratz", "")
    assert graz.latitude == pytest.approx(47.07, abs=0.05)
    assert graz.longitude == pytest.approx(15.44, abs=0.05)
    assert graz.population > 200_000


@pytest.mark.parametrize(
    ("name", "country", "other_name"),
    [
        ("rimini", "IT", ""),
        ("Rímini", "IT", ""),
        ("Ariminum", "IT", "Ariminum"),
        ("goteborg", "SE", "Göteborg"),
        ("helsingfors", "FI", "Helsingfors"),
        ("東京", "JP", "東京"),
    ],
)
def test_a_place_has_the_other_name_by_which_it_was_found(name, country, other_name):
    assert find_places(name, country)[0].other_name == other_name


def test_the_most_populated_places_come_first():
    places = find_places("Springfield", "US")
    people = [place.population for place in places]
    assert len({(place.latitude, place.longitude) for place in places}) == 5
    assert people == sorted(people, reverse=True)
    assert {"Missouri", "Illinois"} < {place.region for place in places}


@pytest.mark.parametrize("name", ["", " ", ",", "\0", "Graz", "Wien" * 2500])
def test_an_unknown_name_or_country_finds_nothing(name):
    assert find_places(name, "SE") == []
    assert find_places(name, "ZZ") == []


@given(st.text())
def test_any_text_can_be_searched_for(name):
    assert len(find_places(name, "AT")) <= 5

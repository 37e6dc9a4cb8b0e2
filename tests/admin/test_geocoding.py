"""Coordinates of the gazetteer, offered on the form of a case."""

import re

import pytest
from django.contrib.auth.models import Group, User
from django.utils.html import escape
from pytest_django.asserts import assertContains, assertNotContains

from casebase.desk.admin import geocoding
from initiatives.gazetteer import find_places
from initiatives.models import Initiative
from tests.desk import Curator, admin_url, form_values
from tests.factories import InitiativeFactory

pytestmark = pytest.mark.once


@pytest.fixture
def curator(db):
    return Curator()


@pytest.fixture
def case(db):
    return InitiativeFactory(status="draft", locality="Graz", country="AT")


def test_a_place_is_looked_for_and_nothing_saved(curator, case):
    shown = curator.change(case, {"_find_place": "", "summary": "As typed."})
    assertContains(shown, "As typed.")
    assertContains(shown, geocoding.CHOOSE_PLACE)
    assertContains(shown, 'name="_place"', count=1)
    assertContains(
        shown, f'<li class="info">{escape(geocoding.CHOOSE_PLACE)}</li>', html=True
    )
    assertNotContains(shown, "Error:")
    assertNotContains(shown, "errornote")
    [graz] = find_places("Graz", "AT")
    assert f" {graz.population:,} people\n" in re.sub(r"\s*\n", "\n", shown.text)
    assert not Initiative.objects.filter(summary="As typed.").exists()
    sent = form_values(shown)
    assert (sent["latitude"], sent["longitude"]) == ([""], [""])


def test_a_chosen_place_fills_in_its_point_and_is_saved_then(curator, case):
    [graz] = find_places("Graz", "AT")
    point = f"{graz.latitude},{graz.longitude}"
    found = curator.change(case, {"_find_place": ""})
    assertContains(found, f'name="_place" value="{point}"')
    shown = curator.change(case, {"_place": point, "summary": "As typed."})
    assertContains(shown, geocoding.FILLED_IN)
    case.refresh_from_db()
    assert (case.latitude, case.longitude) == (None, None)

    assert curator.client.post(shown.wsgi_request.path, form_values(shown)).url
    case.refresh_from_db()
    assert (case.latitude, case.longitude) == (graz.latitude, graz.longitude)
    assert case.summary == "As typed."


def test_each_of_many_places_has_a_button(curator, case):
    fields = {"locality": "Springfield", "country": "US", "_find_place": ""}
    assertContains(curator.change(case, fields), 'name="_place"', count=5)


def test_a_new_case_is_placed_too(curator):
    fields = {"locality": "Graz", "country": "AT", "_find_place": ""}
    assertContains(curator.add(Initiative, fields), 'name="_place"', count=1)
    assert not Initiative.objects.exists()


@pytest.mark.parametrize(
    ("locality", "country", "words"),
    [
        ("", "AT", geocoding.NO_LOCALITY),
        (" ", "AT", geocoding.NO_LOCALITY),
        (None, "AT", geocoding.NO_LOCALITY),
        ("Graz", "", geocoding.NO_COUNTRY),
        ("Graz", "ZZ", geocoding.NO_COUNTRY),
        ("Graz", "at", geocoding.NO_COUNTRY),
        ("Graz", "A\0", geocoding.NO_COUNTRY),
        ("Graz", None, geocoding.NO_COUNTRY),
        ("Nirgendwo", "AT", "no “Nirgendwo” in Austria"),
        ("\0", "AT", "Try the next larger place"),
        ("W" * 10_000, "AT", "no “" + "W" * 119 + "…” in Austria"),
    ],
)
def test_a_failed_search_shows_a_message(locality, country, words):
    sent = {"locality": locality, "country": country}
    sent = {name: value for name, value in sent.items() if value is not None}
    said, places = geocoding.search_places(sent)
    assert words in said
    assert places == []


@pytest.mark.parametrize(
    "point",
    ["", "1", "1,2,3", "a,b", "nan,1", "1,inf", "91,0", "0,-181", "\0,1", "9" * 10_000],
)
def test_an_invalid_point_fills_in_nothing(point):
    sent = {"_place": point, "latitude": "1", "longitude": "2"}
    assert geocoding.fill_in_point(sent) == (sent, geocoding.INVALID_POINT)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"_find_place": "", "locality": "<b>"}, "no “<b>” in Austria"),
        ({"_find_place": "", "locality": "\0"}, "Try the next larger place"),
        ({"_find_place": "", "locality": "W" * 10_000}, "Try the next larger place"),
        ({"_find_place": "", "country": None}, geocoding.NO_COUNTRY),
        ({"_place": "\0,nan"}, geocoding.INVALID_POINT),
    ],
)
def test_the_form_rejects_invalid_points(curator, case, fields, words):
    shown = curator.change(case, fields | {"summary": "As typed."})
    assertContains(shown, escape(words))
    assertContains(shown, "As typed.")
    assertNotContains(shown, 'name="_place"')
    assert not Initiative.objects.filter(summary="As typed.").exists()


def test_read_only_users_are_offered_no_place(curator, case):
    viewer = User.objects.create_user("viewer", is_staff=True)
    viewer.groups.add(Group.objects.get(name="Codebook keepers"))
    curator.client.force_login(viewer)
    shown = curator.open(case)
    assertNotContains(shown, "_find_place")
    assertNotContains(shown, 'name="_save"')
    address = admin_url(case, "change", case.pk)
    assert curator.client.post(address, {"_find_place": ""}).status_code == 403


def test_the_page_credits_the_gazetteer(curator, case):
    shown = curator.open(case)
    assertContains(shown, "https://www.geonames.org/")
    assertNotContains(shown, geocoding.NOT_SAVED)

"""The small maps on the pages of cases and terms."""

import re

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from casebase.maps.base_maps import SMALL_EUROPE, SMALL_WORLD
from casebase.maps.projection import project
from initiatives.locators import locate_case
from tests.factories import ConceptFactory, FindingFactory, InitiativeFactory
from tests.initiatives.test_case_map import BREMEN, POLE, SURREY, TAIPEI, WEYHE

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def dots(page):
    return re.findall(r'class="map__dot" cx="([\d.]+%)" cy="([\d.]+%)"', page.text)


@pytest.mark.parametrize(
    ("place", "drawn"),
    [(WEYHE, SMALL_EUROPE), (SURREY, SMALL_EUROPE), (TAIPEI, SMALL_WORLD)],
)
def test_a_case_is_shown_in_its_region(place, drawn):
    locator = locate_case(InitiativeFactory.build(pk=7, **place))
    assert locator.view.base_map == drawn
    x, y = project(place["longitude"], place["latitude"])
    assert locator.view.frame.contains(x, y)
    [dot] = locator.dots
    expected = locator.view.frame.percent(x, y)
    assert [float(each[:-1]) for each in dot] == pytest.approx(
        [float(each[:-1]) for each in expected], abs=0.01
    )


def test_the_page_of_a_case_says_where_it_is(client):
    case = InitiativeFactory(place_note="The council.", **WEYHE)
    page = client.get(case.get_absolute_url())
    assertContains(page, "<title>Weyhe, Germany</title>")
    assertContains(page, 'role="img" aria-label="Map: Weyhe, Germany"')
    assertContains(page, "Point: The council.")
    assertContains(page, 'href="/map/?country=DE">On a map with other cases')
    assert len(dots(page)) == 1


def test_a_case_without_a_point_has_no_map(client):
    page = client.get(InitiativeFactory().get_absolute_url())
    assertNotContains(page, "map__dot")
    assertNotContains(page, "css/map.css")


@pytest.fixture
def term():
    return ConceptFactory(slug="tax")


def add_case(term, **fields):
    case = InitiativeFactory(**fields)
    FindingFactory(initiative=case, kind="barrier", concept=term)


def test_the_page_of_a_term_shows_where_its_cases_are(client, term):
    for place in (WEYHE, BREMEN, SURREY):
        add_case(term, **place)
    InitiativeFactory(**TAIPEI)
    page = client.get("/barriers/tax/")
    assertContains(page, 'aria-label="Map: Where its 3 cases are"')
    assertContains(page, 'href="/map/?barrier=tax">Where its 3 cases are')
    # Those of Weyhe and Bremen are too near each other for two.
    assert len(dots(page)) == 2


def test_cases_that_are_not_public_are_no_dots(client, term):
    add_case(term, **WEYHE)
    add_case(term, **TAIPEI, status="draft")
    page = client.get("/barriers/tax/")
    assertContains(page, "Where its case is")
    assert len(dots(page)) == 1


def test_some_cases_without_a_point_are_said(client, term):
    add_case(term, **WEYHE)
    add_case(term)
    assertContains(client.get("/barriers/tax/"), "Where 1 of its 2 cases are")


def test_a_term_without_places_has_no_map(client, term):
    add_case(term)
    page = client.get("/barriers/tax/")
    assertNotContains(page, "map__dot")
    assertNotContains(page, "css/map.css")


def test_a_case_at_the_pole_is_no_error(client):
    page = client.get(InitiativeFactory(**POLE).get_absolute_url())
    assert page.status_code == 200

"""The page of the map of cases."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from casebase.change_tracking.transactions import update_derived_data
from tests.factories import ConceptFactory, FindingFactory, InitiativeFactory
from tests.initiatives.test_case_map import (
    BREMEN,
    POLE,
    SURREY,
    TAIPEI,
    WEYHE,
    entries,
    filtered,
    map_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_cases_at_one_place_are_one_marker_with_their_number(client):
    for name, place in {"Patrol": WEYHE, "Bridge": BREMEN, "Hub": SURREY}.items():
        InitiativeFactory(name=name, **place)
    assert entries() == {"A": ["Bridge", "Patrol"], "B": ["Hub"]}
    page = client.get("/map/")
    assertContains(page, '<a href="#place-A" aria-label="A: 2 cases, Germany">')
    assertContains(page, '<a href="#place-B" aria-label="B: 1 case, United Kingdom">')
    assertContains(page, '<li id="place-A">')
    assertContains(page, "3 cases on this map")
    assertContains(page, "<title>Map of 3 cases")


def test_each_case_has_its_place_and_what_its_point_stands_for(client):
    InitiativeFactory(
        name="Hub", locality="Guildford", place_note="The council.", **SURREY
    )
    page = client.get("/map/")
    assertContains(page, "Guildford, United Kingdom")
    assertContains(page, "(point: The council.)")


def test_the_borders_are_said_to_be_those_of_the_source(client):
    InitiativeFactory(**WEYHE)
    page = client.get("/map/?view=europe")
    assertContains(page, 'href="https://www.naturalearthdata.com/"')
    assertContains(page, "1:50m, in the public domain")
    assertContains(page, "says nothing about ours")


@pytest.mark.parametrize("status", ["draft", "review", "withdrawn"])
def test_unpublished_cases_are_in_no_number_and_no_list(client, status):
    InitiativeFactory(name="Public", **WEYHE)
    hidden = {"status": status, "status_note": "Why."}
    InitiativeFactory(name="Secret", **BREMEN, **hidden)
    InitiativeFactory(name="Secret too", country="DE", **hidden)
    for view in ("", "world", "europe", "british-isles"):
        page = client.get(f"/map/?view={view}")
        assertNotContains(page, "Secret")
        assertNotContains(page, "2 cases")
        assertNotContains(page, "no point")
    [label, _, n, _] = filtered().views[1]
    assert (label, n) == ("World", "1")


@pytest.mark.parametrize("view", ["mars", "WORLD", "1", "world,", "%00", "é", "<b>"])
def test_a_view_that_is_none_is_refused_in_words(client, view):
    InitiativeFactory(name="Shown nowhere", **WEYHE)
    page = client.get(f"/map/?view={view}")
    assert page.status_code == 400
    assertNotContains(page, "Shown nowhere", status_code=400)
    assertContains(page, "View:", status_code=400)


def test_an_invalid_filter_is_refused_as_by_the_list(client):
    page = client.get("/map/?country=XX&view=europe&sort=nonsense&page=2")
    words = ("“XX” is not a country", "There is no order “nonsense”", "filter: page.")
    for text in words:
        assertContains(page, text, status_code=400)
    # What is valid is kept.
    assertContains(page, 'name="view" value="europe"', status_code=400)


def test_the_words_say_which_views_there_are(client):
    words = (
        "There is no view “mars”. The views are cases, world, europe, british-isles."
    )
    assertContains(client.get("/map/?view=mars"), words, status_code=400)


def test_cases_outside_a_view_are_counted(client):
    InitiativeFactory(**WEYHE)
    InitiativeFactory(**TAIPEI)
    page = client.get("/map/?view=europe&sort=year")
    assertContains(page, "1 case on this map")
    assertContains(page, "1 more case is outside this view")
    assertContains(page, 'href="?view=world&amp;sort=year">Look at the world')
    views = {label: n for label, _, n, _ in filtered().views}
    assert views == {
        "Where the cases are": "",
        "World": "2",
        "Europe": "1",
        "British Isles": "0",
    }


def test_antarctica_is_outside_even_the_world(client):
    InitiativeFactory(**POLE)
    page = client.get("/map/?view=world")
    assertContains(page, "1 more case is outside this view.")
    assertNotContains(page, "Look at the world")


def test_cases_without_a_point_are_counted_and_listed(client):
    InitiativeFactory(name="Patrol", **WEYHE)
    InitiativeFactory.create_batch(22)
    page = client.get("/map/")
    assertContains(page, "22 more cases have no point")
    assertContains(page, "22 cases without a point")
    assertContains(page, "and 2 more cases.")
    assert len(map_of().cases_without_point) == 20


def test_without_any_point_the_world_is_shown_empty(client):
    InitiativeFactory(name="Somewhere")
    page = client.get("/map/")
    assertContains(page, "0 cases on this map")
    assertContains(page, "Somewhere")


def test_an_empty_map_suggests_filters_to_remove(client):
    page = client.get("/map/?country=KE&view=europe")
    assertContains(page, "Remove: Kenya")
    assertNotContains(page, 'role="group" aria-labelledby="map-title')


def test_map_and_list_lead_to_each_other_with_all_filters(client):
    tax = ConceptFactory(slug="tax")
    FindingFactory(kind="barrier", concept=tax, initiative__country="FI")
    query = "barrier=tax&amp;country=FI&amp;sort=year"
    page = client.get("/map/?country=FI&barrier=tax&sort=year&view=world")
    assertContains(page, f'href="/initiatives/?{query}">As a list')
    page = client.get("/initiatives/?country=FI&barrier=tax&sort=year&page=1")
    assertContains(page, f'href="/map/?{query}">On a map')


def test_exports_and_works_of_a_map_are_those_of_the_list(client):
    InitiativeFactory(country="FI")
    page = client.get("/map/?country=FI&view=world")
    assertContains(page, 'href="/initiatives/export/csv/?country=FI"')
    assertContains(page, 'href="/references/?country=FI"')
    assertContains(page, 'href="/feeds/initiatives/?country=FI"')


def test_the_form_and_the_chips_keep_the_view(client):
    InitiativeFactory(**WEYHE)
    page = client.get("/map/?country=DE&view=world&sort=year")
    assertContains(page, '<input type="hidden" name="view" value="world">')
    assertContains(page, '<input type="hidden" name="sort" value="year">')
    assertContains(page, 'class="chip" href="?view=world&amp;sort=year"')
    assertContains(page, 'href="?country=DE&amp;sort=year">Where the cases are')
    assertContains(page, '<form id="filters" action="/map/"')


def test_htmx_gets_a_part_of_the_same_page(client):
    InitiativeFactory(**WEYHE)
    page = client.get("/map/?country=DE").text
    part = client.get("/map/?country=DE", headers={"HX-Request": "true"}).text
    assert part.strip().startswith('<div id="finder"')
    assert part.strip() in page


@pytest.mark.parametrize("query", ["", "?barrier=tax&country=DE&tag=night&q=case"])
def test_many_cases_need_no_more_queries_than_one(
    client, query, django_assert_max_num_queries
):
    tax = ConceptFactory(slug="tax")

    def fill(n):
        for case in InitiativeFactory.create_batch(n, tags=["night"], **WEYHE):
            FindingFactory(initiative=case, kind="barrier", concept=tax)
        InitiativeFactory.create_batch(n, **TAIPEI)
        InitiativeFactory.create_batch(n, country="DE")
        update_derived_data()

    fill(1)
    with django_assert_max_num_queries(40) as one:
        client.get(f"/map/{query}")
    fill(24)
    with django_assert_max_num_queries(len(one)):
        client.get(f"/map/{query}")


def test_the_map_describes_itself_to_machines(client):
    InitiativeFactory(**WEYHE)
    node = client.get("/map/schema.jsonld?view=europe&country=DE").json()
    assert node["url"] == "http://testserver/map/?country=DE&view=europe"
    assert node["name"] == "Map of 1 case in Germany"
    links = client.get("/map/linkset.json?country=DE").json()["linkset"][0]
    [whole] = links["collection"]
    assert whole["href"] == "http://testserver/initiatives/?country=DE"

"""The page of the list of initiatives."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from casebase.change_tracking.transactions import update_derived_data
from tests.factories import ConceptFactory, FindingFactory, InitiativeFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_published_cases_are_shown_with_their_facts(client):
    mode = ConceptFactory(scheme="modes", label="Co-delivery")
    case = InitiativeFactory(name="Streetwatchers", start_year=2007)
    FindingFactory(initiative=case, kind="mode", concept=mode)
    FindingFactory(initiative=case)
    response = client.get("/initiatives/")
    for words in ("Streetwatchers", "since 2007", "1 finding", "Co-delivery"):
        assertContains(response, words)
    assertContains(response, f'href="/initiatives/{case.slug}/"')


def test_a_mode_with_two_findings_is_shown_once(client):
    case = InitiativeFactory()
    other, mode = ConceptFactory.create_batch(2, scheme="modes")
    for concept in (mode, other, mode):
        FindingFactory(initiative=case, kind="mode", concept=concept)
    _, card = client.get("/initiatives/").text.split('<article class="card">')
    assert card.count(f"<span>{mode.label}</span>") == 1
    assert card.count(f"<span>{other.label}</span>") == 1


def test_the_tagline_stands_for_the_summary(client):
    InitiativeFactory(tagline="Neighbours walk at night.", summary="A long story.")
    InitiativeFactory(summary="A short story.")
    response = client.get("/initiatives/")
    assertContains(response, "Neighbours walk at night.")
    assertContains(response, "A short story.")
    assertNotContains(response, "A long story.")


@pytest.mark.parametrize("status", ["draft", "review", "withdrawn"])
def test_unpublished_cases_are_hidden(client, status):
    InitiativeFactory(name="Secret", status=status, status_note="Why.")
    response = client.get("/initiatives/?q=secret")
    assertNotContains(response, "Secret case")
    assertContains(response, "0 cases")


def test_the_heading_has_the_query_and_the_chips_remove_it(client):
    case = InitiativeFactory(country="FI")
    tax = ConceptFactory(slug="tax", label="Laws and rules")
    FindingFactory(initiative=case, kind="barrier", concept=tax)
    response = client.get("/initiatives/?barrier=tax&country=FI")
    assertContains(response, "<em>“Laws and rules”</em>, in <em>Finland</em></h1>")
    assertContains(response, 'href="?country=FI"')
    assertContains(response, 'href="?barrier=tax"')
    words = "1 case that met the barrier “Laws and rules”, in Finland"
    assertContains(response, f"<title>{words}")


def test_an_empty_list_suggests_filters_to_remove(client):
    response = client.get("/initiatives/?country=KE&from=2001")
    assertContains(response, "Remove: Kenya")
    assertContains(response, 'href="?from=2001"')


def test_errors_are_listed_and_no_case_is_shown(client):
    InitiativeFactory(name="Shown nowhere")
    address = "/initiatives/?country=XX&page=-1&barrier=nonsense&from=abcd"
    response = client.get(address)
    assert response.status_code == 400
    for words in (
        "“XX”",
        "“nonsense”",
        "A year has four figures",
        "A page is a number",
    ):
        assertContains(response, words, status_code=400)
    assertNotContains(response, "Shown nowhere", status_code=400)


def test_an_unknown_parameter_is_listed(client):
    assertContains(client.get("/initiatives/?countri=DE"), "no such filter: countri.")


def test_a_page_has_twenty_cases_and_none_follows_the_last(client):
    InitiativeFactory.create_batch(21)
    first = client.get("/initiatives/?country=DE")
    assert len(first.context["page"].object_list) == 20
    assertContains(first, 'href="?country=DE&amp;page=2"')
    assertContains(client.get("/initiatives/?page=2"), "Page 2 of 2")
    beyond = client.get("/initiatives/?page=3")
    assertContains(beyond, "no such page", status_code=404)


def test_htmx_gets_a_part_of_the_same_page(client):
    FindingFactory(kind="barrier", concept__slug="tax", initiative__country="FI")
    address = "/initiatives/?country=FI&sort=year"
    page = client.get(address).text
    part = client.get(address, headers={"HX-Request": "true"}).text
    assert part.strip().startswith('<div id="finder"')
    assert part.strip() in page
    assert "HX-Request" in client.get(address).headers["Vary"]


def test_an_invalid_year_keeps_other_choices_ticked(client):
    InitiativeFactory(country="FI")
    page = client.get("/initiatives/?country=FI&from=abcd")
    assertContains(page, 'value="FI" checked', status_code=400)
    assertContains(page, 'value="abcd"', status_code=400)


def fill(cases):
    for case in InitiativeFactory.create_batch(cases, tags=["night", "sport"]):
        FindingFactory(initiative=case, kind="mode")
        FindingFactory(initiative=case, kind="barrier", concept=fill.tax)
    update_derived_data()


@pytest.mark.parametrize("query", ["", "?barrier=tax&country=DE&tag=night&q=case"])
def test_fifty_cases_need_no_more_queries_than_one(
    client, query, django_assert_max_num_queries
):
    fill.tax = ConceptFactory(slug="tax")
    fill(1)
    with django_assert_max_num_queries(40) as one:
        client.get(f"/initiatives/{query}")
    fill(49)
    with django_assert_max_num_queries(len(one)):
        client.get(f"/initiatives/{query}")


def test_with_words_a_case_shows_matches_in_place_of_its_summary(client):
    case = InitiativeFactory(summary="Peers help.", approach="<b>Trust</b> & peers.")
    finding = FindingFactory(initiative=case, statement="Costs fell.")
    update_derived_data()
    page = client.get("/initiatives/?q=trust+costs")
    assertContains(page, "&lt;b&gt;<mark>Trust</mark>&lt;/b&gt; &amp; peers.")
    assertContains(page, f'<a href="{finding.get_absolute_url()}">Finding, outcome</a>')
    assertContains(page, '<option value="" selected>Best match</option>')
    assertNotContains(page, "Peers help.")
    assertContains(client.get("/initiatives/?q=-nowhere"), "Peers help.")
    assertNotContains(client.get("/initiatives/"), "Best match")


def test_another_spelling_is_suggested(client):
    InitiativeFactory(summary="Peers help.", country="FI")
    update_derived_data()
    page = client.get("/initiatives/?q=peerz&country=FI")
    assertContains(page, "Did you mean")
    assertContains(page, 'href="?q=peers&amp;country=FI"')


def test_the_list_links_to_its_exports(client):
    InitiativeFactory(country="FI")
    page = client.get("/initiatives/?country=FI&sort=year&page=1")
    for name in ("csv", "csv-wide", "xlsx", "json", "geojson"):
        address = f"/initiatives/export/{name}/?country=FI&amp;sort=year"
        assertContains(page, f'href="{address}"')

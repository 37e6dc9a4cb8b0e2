"""The page of a search."""

import html5lib
import pytest
from pytest_django.asserts import assertContains, assertNotContains

from casebase.change_tracking.transactions import update_derived_data
from tests.factories import (
    ConceptFactory,
    FindingFactory,
    InitiativeFactory,
    ReferenceFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_shows_the_best_of_each_kind_and_why(client):
    case = InitiativeFactory(name="Bees", slug="bees", locality="Kehl")
    finding = FindingFactory(initiative=case, statement="Neighbours trust it.")
    term = ConceptFactory(label="Trust", slug="trust")
    ReferenceFactory(title="Whom neighbours trust", key="bee-2014")
    update_derived_data()
    page = client.get("/search/?q=trusting")
    assertContains(page, "3 results for <em>trusting</em>")
    for heading in ("1 case</h2>", "1 work</h2>", "1 term</h2>"):
        assertContains(page, heading)
    assertContains(page, f'href="/initiatives/bees/#{finding.short_id}"')
    assertContains(page, "Neighbours <mark>trust</mark> it.")
    assertContains(page, f'href="{term.get_absolute_url()}"')
    assertContains(page, 'href="/references/bee-2014/"')
    html5lib.HTMLParser(strict=True).parse(page.text)


def test_leads_on_to_the_whole_lists(client):
    InitiativeFactory.create_batch(6, summary="Neighbours trust.")
    ReferenceFactory.create_batch(6, title="Trust in neighbours")
    for n in range(7):
        ConceptFactory(label=f"Trust {n}")
    update_derived_data()
    page = client.get("/search/?q=trust+-%22x%22")
    assertContains(page, 'href="/initiatives/?q=trust+-%22x%22">All 6 cases</a>')
    assertContains(page, 'href="/references/?q=trust+-%22x%22">All 6 works</a>')
    assertContains(page, "<summary>2 more terms</summary>")
    assertContains(page, "<mark>", count=5 + 5 + 7)


def test_a_query_that_only_says_what_is_unwanted_shows_all_else(client):
    InitiativeFactory(name="Bees")
    InitiativeFactory(name="Wasps")
    update_derived_data()
    page = client.get("/search/?q=-bees")
    assertContains(page, "Wasps</a>")
    assertNotContains(page, "Bees</a>")


def test_another_spelling_is_taken_where_nothing_has_this_one(client):
    InitiativeFactory(summary="Neighbours trust.")
    update_derived_data()
    page = client.get("/search/?q=neighborus")
    assertContains(page, "1 result for <em>neighbours</em>")
    assertContains(page, "Nothing here is spelled <em>neighborus</em>")
    assertContains(page, '<a href="?q=neighbours">neighbours</a> finds.')
    assertContains(page, "<mark>Neighbours</mark> trust.")
    page = client.get("/search/?q=neighborus+OR+trust")
    assertContains(page, "1 result for <em>neighborus OR trust</em>")
    link = '<a href="?q=neighbours+OR+trust">neighbours OR trust</a>'
    assertContains(page, f"Did you mean {link}?")
    page = client.get("/search/?q=truxt")
    assertContains(page, "Nothing found for <em>truxt</em>")
    assertContains(page, 'Did you mean <a href="?q=trust">trust</a>?')
    page = client.get("/search/?q=neighbours")
    assertNotContains(page, "Did you mean")
    assertNotContains(page, "Nothing here is spelled")


def test_where_nothing_has_all_words_what_has_most_is_shown(client):
    InitiativeFactory(name="Second", summary="Peers fear it.")
    InitiativeFactory(name="First", summary="Councils lose control.")
    InitiativeFactory(name="Unwanted", summary="Councils lose control to the police.")
    InitiativeFactory.create_batch(5)
    update_derived_data()
    page = client.get("/search/?q=the+fear,+of+losing+control%3F+-police")
    assertContains(page, "Nothing has all the words of")
    assertContains(page, "Cases with some of the words</h2>")
    assert page.text.index("First</a>") < page.text.index("Second</a>")
    assertNotContains(page, "Unwanted</a>")
    assertContains(page, "Without: fear</p>")
    assertContains(page, "Without: losing, control</p>")
    assertContains(page, "Councils <mark>lose</mark> <mark>control</mark>.")
    html5lib.HTMLParser(strict=True).parse(page.text)


def test_what_has_most_of_the_words_comes_behind_what_has_all(client):
    InitiativeFactory(name="Some", summary="Control of control.")
    InitiativeFactory(name="All", summary="They lose all of their control.")
    InitiativeFactory(name="Split", summary="To lose some things and control others.")
    update_derived_data()
    page = client.get("/search/?q=lose+control")
    assertContains(page, "2 cases</h2>")
    assertContains(page, "Further cases, with some of the words</h3>")
    assert page.text.index("Split</a>") < page.text.index("Further cases")
    assert page.text.index("Further cases") < page.text.index("Some</a>")
    # If a phrase is found nowhere, its words are searched for.
    page = client.get('/search/?q="control+lose"')
    assertContains(page, "Nothing has all the words of")
    assertContains(page, "All</a>")


def test_what_was_not_understood_is_said(client):
    InitiativeFactory(summary="Volunteers and police.")
    InitiativeFactory(name="Without", summary="Volunteers.")
    update_derived_data()
    page = client.get("/search/?q=volunteers+AND+NOT+(police")
    assertContains(page, "A bracket is opened and not closed.")
    assertContains(page, "Read as <code>volunteers AND NOT police</code>.")
    assertContains(page, "1 result for")
    assertNotContains(client.get("/search/?q=volunteers"), "Read as")
    for address in ("/initiatives/", "/references/"):
        page = client.get(f"{address}?q=the+volunteers+AND+NOT+(police")
        assertContains(page, "A bracket is opened and not closed.")
        assertContains(page, "Read as <code>volunteers AND NOT police</code>.")
        assertContains(page, "they say little: the.")


def test_an_empty_list_leads_to_the_search(client):
    InitiativeFactory(summary="Peers fear it.")
    update_derived_data()
    page = client.get("/initiatives/?q=peers+control")
    assertContains(page, 'href="/search/?q=peers+control">The search</a>')


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "Searches the cases"),
        ("q=", "Searches the cases"),
        ("q=%20", "Searches the cases"),
        ("q=!?", "There is no word to look for in “!?”."),
        ("q=%00", "Searches the cases"),
        ("q=nowhere", "None of these words occurs here."),
    ],
)
def test_says_what_to_try(client, query, words):
    page = client.get(f"/search/?{query}")
    assertContains(page, words)
    assertContains(page, "neighb*")
    html5lib.HTMLParser(strict=True).parse(page.text)


def test_what_is_too_long_is_refused_in_a_sentence(client):
    page = client.get(f"/search/?q={'x' * 201}")
    assertContains(page, "ask in 200 letters or fewer", status_code=400)


def test_what_people_typed_is_escaped(client):
    InitiativeFactory(summary="<script>alert(1)</script> <b onclick=alert(2)>trust")
    update_derived_data()
    page = client.get("/search/?q=alert+trust+<script>")
    assertContains(page, "&lt;<mark>script</mark>&gt;<mark>alert</mark>(1)")
    assertNotContains(page, "<script>a")
    assertNotContains(page, "<b onclick")


def test_the_box_is_on_every_page_once(client):
    for address in ("/", "/search/", "/search/?q=bees", "/about/", "/nowhere/"):
        assert client.get(address).text.count('role="search"') == 1
    assertContains(client.get("/search/?q=bees+%22"), 'value="bees &quot;"')


def test_only_reading_is_allowed(client):
    for address in ("", "suggestions/", "suggestions/list/"):
        assert client.post(f"/search/{address}").status_code == 405


def test_as_many_queries_for_one_record_as_for_twenty(
    client, django_assert_max_num_queries
):
    def fill(n):
        InitiativeFactory.create_batch(n, summary="Trust.")
        ReferenceFactory.create_batch(n, title="Trust")
        for _ in range(n):
            ConceptFactory(definition="Trust.")
        update_derived_data()

    fill(1)
    with django_assert_max_num_queries(66) as one:
        client.get("/search/?q=trust")
    fill(20)
    with django_assert_max_num_queries(len(one)):
        client.get("/search/?q=trust")


@pytest.mark.parametrize("address", ["/search/", "/initiatives/"])
def test_where_nothing_is_left_of_what_is_wanted_this_is_said(client, address):
    InitiativeFactory(summary="Older people.", country="DE")
    update_derived_data()
    for text in ("older -people", "older NOT (people OR nowhere)"):
        page = client.get(address, {"q": text, "page": 1})
        assertContains(page, '<a href="?q=older')
        assertContains(page, "older</a>” also have “people")
        assertNotContains(page, "None of these words occurs here")
        html5lib.HTMLParser(strict=True).parse(page.text)
    for text in ("nowhere -people", "older nowhere", "-older", "nowhere"):
        page = client.get(address, {"q": text})
        assertNotContains(page, "also have")
    page = client.get("/initiatives/", {"q": "older -people", "country": "FR"})
    assertNotContains(page, "also have")

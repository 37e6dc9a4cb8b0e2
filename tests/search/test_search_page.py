"""The page of a search."""

import html5lib
import pytest
from pytest_django.asserts import assertContains, assertNotContains

from changes.writing import follow
from tests.factories import (
    ConceptFactory,
    FindingFactory,
    InitiativeFactory,
    ReferenceFactory,
)

pytestmark = pytest.mark.django_db


def test_shows_the_best_of_each_kind_and_why(client):
    case = InitiativeFactory(name="Bees", slug="bees", locality="Kehl")
    finding = FindingFactory(initiative=case, statement="Neighbours trust it.")
    term = ConceptFactory(label="Trust", slug="trust")
    ReferenceFactory(title="Whom neighbours trust", key="bee-2014")
    follow()
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
    follow()
    page = client.get("/search/?q=trust+-%22x%22")
    assertContains(page, 'href="/initiatives/?q=trust+-%22x%22">All 6 cases</a>')
    assertContains(page, 'href="/references/?q=trust+-%22x%22">All 6 works</a>')
    assertContains(page, "<summary>2 more terms</summary>")
    assertContains(page, "<mark>", count=5 + 5 + 7)


def test_a_query_that_only_says_what_is_unwanted_shows_all_else(client):
    InitiativeFactory(name="Bees")
    InitiativeFactory(name="Wasps")
    follow()
    page = client.get("/search/?q=-bees")
    assertContains(page, "Wasps</a>")
    assertNotContains(page, "Bees</a>")


def test_another_spelling_is_offered_where_it_finds_something(client):
    InitiativeFactory(summary="Neighbours trust.")
    follow()
    page = client.get("/search/?q=neighborus")
    assertContains(page, "Nothing found for <em>neighborus</em>")
    assertContains(page, 'Did you mean <a href="?q=neighbours">neighbours</a>?')
    assertNotContains(client.get("/search/?q=neighbours"), "Did you mean")


def test_any_of_the_words_is_offered_where_nothing_has_all(client):
    InitiativeFactory(summary="Peers fear it.")
    InitiativeFactory(summary="Councils lose control.")
    follow()
    page = client.get("/search/?q=the+fear+of+losing+control")
    link = 'href="?q=fear+or+losing+or+control">any of these words</a>'
    assertContains(page, link)
    assertContains(client.get("/search/?q=fear+or+losing+or+control"), "2 cases</h2>")
    for query in (
        "nothing+nowhere",
        "nothing",
        "fear+-peers+control",
        '"fear+control"',
    ):
        assertNotContains(client.get(f"/search/?q={query}"), "any of these words")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "Searches the cases"),
        ("q=", "Searches the cases"),
        ("q=%20", "Searches the cases"),
        ("q=!?", "There is no word to look for in “!?”."),
        ("q=%00", "Searches the cases"),
        ("q=nowhere", "Every word has to occur."),
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
    follow()
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
        follow()

    fill(1)
    with django_assert_max_num_queries(20) as one:
        client.get("/search/?q=trust")
    fill(20)
    with django_assert_max_num_queries(len(one)):
        client.get("/search/?q=trust")

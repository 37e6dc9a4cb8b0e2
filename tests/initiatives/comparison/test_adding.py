"""Cases are added to a comparison by name, from lists, from their pages, by example."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from casebase.change_tracking.transactions import update_derived_data
from tests.factories import ConceptFactory, FindingFactory, InitiativeFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def cases():
    InitiativeFactory(slug="street", name="Streetwatchers in Weyhe")
    InitiativeFactory(slug="bees", name="Bees of Weyhe")
    InitiativeFactory(slug="keys", name="KeyRing", summary="Networks with a volunteer.")
    InitiativeFactory(slug="hush", name="Weyhe hush", status="draft")
    update_derived_data()


@pytest.mark.parametrize("text", ["street", "streetwa", "STREETWATCHERS in Weyhe"])
def test_the_one_case_with_the_name_is_added(client, cases, text):
    page = client.get("/compare/", {"case": "keys", "add": text, "show": "differ"})
    assertRedirects(page, "/compare/?case=keys&case=street&show=differ")


def test_a_name_of_several_cases_is_a_choice(client, cases):
    page = client.get("/compare/?case=keys&add=weyhe")
    assertContains(page, "Which one do you mean by “weyhe”?")
    for slug in ("street", "bees"):
        assertContains(page, f'href="/compare/?case=keys&amp;case={slug}"')
    assertNotContains(page, "hush")


def test_words_of_the_texts_find_a_case_if_no_name_has_them(client, cases):
    page = client.get("/compare/?case=bees&add=volunteers")
    assertRedirects(page, "/compare/?case=bees&case=keys")


@pytest.mark.parametrize("text", ["hush", "zzz", "\0", "-", '"', "(", "x" * 5000])
def test_what_no_case_is_named_is_said_in_words(client, cases, text):
    page = client.get("/compare/", {"case": "keys", "add": f"{text}q"})
    assertContains(page, "Try another word")
    assert len(page.content) < 30_000
    assertContains(page, '<input type="hidden" name="case" value="keys">')


def test_excluded_words_alone_add_nothing(client, cases):
    assertContains(client.get("/compare/?case=keys&add=-weyhe"), "Try another word")


def test_a_fifth_case_by_name_is_refused_with_a_choice(client, cases):
    for slug in "xyz":
        InitiativeFactory(slug=slug)
    address = "/compare/?case=keys&case=x&case=y&case=z"
    page = client.get(f"{address}&add=street", follow=True)
    assertContains(page, "Streetwatchers in Weyhe was not added", status_code=400)


def test_suggestions_lead_to_the_comparison_with_the_case(client, cases):
    page = client.get("/compare/suggestions/?case=bees&case=keys&show=all&q=wey")
    there = "/compare/?case=bees&amp;case=keys&amp;case=street"
    assertContains(page, f'data-address="{there}"')
    # Neither what is compared already nor what is not public.
    assertContains(page, 'role="option"', count=1)


@pytest.mark.parametrize("text", ["", "\0", "zz", "-", "x" * 5000])
def test_there_may_be_no_suggestions(client, cases, text):
    page = client.get("/compare/suggestions/", {"q": text})
    assertNotContains(page, 'role="option"')


def test_a_page_without_cases_says_what_to_do(client):
    page = client.get("/compare/")
    assertContains(page, "Put two to four cases side by side")
    assertContains(page, "The first case, by a word of its name")
    assertNotContains(page, "For example")


@pytest.fixture
def barriers():
    """A barrier of three cases and one of two; the last case has both."""
    found = {slug: InitiativeFactory(slug=slug, name=f"Case {slug}") for slug in "abc"}
    often = ConceptFactory(label="Often")
    seldom = ConceptFactory(label="Seldom")
    for term, slugs in ((often, "abc"), (seldom, "bc")):
        for slug in slugs:
            FindingFactory(initiative=found[slug], kind="barrier", concept=term)


def test_examples_have_the_most_frequent_barriers(client, barriers):
    page = client.get("/compare/")
    assertContains(page, 'href="/compare/?case=a&amp;case=b"')
    assertContains(page, 'href="/compare/?case=b&amp;case=c"')
    assert page.text.index("“Often”") < page.text.index("“Seldom”")


def test_examples_with_a_case_have_its_rarest_barriers(client, barriers):
    page = client.get("/compare/?case=c")
    assertContains(page, "Add a second case")
    assertContains(page, 'href="/compare/?case=c&amp;case=b"')
    assert page.text.index("“Seldom”") < page.text.index("“Often”")
    assertNotContains(client.get("/compare/?case=a"), "“Seldom”")


def test_few_examples_are_enough(client, barriers):
    for _ in range(3):
        term = ConceptFactory()
        for case in InitiativeFactory.create_batch(2):
            FindingFactory(initiative=case, kind="barrier", concept=term)
    assertContains(client.get("/compare/"), "both met the barrier", count=3)


def test_cards_and_pages_of_cases_lead_to_the_comparison(client, cases):
    link = 'href="/compare/?case=keys" rel="nofollow"'
    for address in ("/initiatives/", "/initiatives/keys/"):
        assertContains(client.get(address), link, count=1)

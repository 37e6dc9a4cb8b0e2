"""What an address of the comparison means, and what is refused in words."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from initiatives.models import Initiative
from tests.factories import FindingFactory, FormerSlugFactory
from tests.initiatives.comparison.reading import address, columns

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.mark.parametrize("status", ["draft", "review"])
def test_unpublished_cases_are_as_unknown_ones(client, cases, status):
    FindingFactory(initiative=cases["a"], statement="Hush.")
    unknown = client.get(address("x", "b", "c"))
    Initiative.objects.filter(slug="a").update(slug="x", status=status)
    hidden = client.get(address("x", "b", "c"))
    assert hidden.status_code == unknown.status_code == 404
    assert hidden.content == unknown.content
    assert columns(hidden) == ["Case b", "Case c"]
    assertContains(hidden, "There is no case “x” here.", status_code=404)


def test_a_fifth_case_is_refused_with_a_choice(client, cases):
    page = client.get(address(*"abcde"))
    assert page.status_code == 400
    assert columns(page) == [f"Case {letter}" for letter in "abcd"]
    assertContains(page, "so Case e was not added", status_code=400)
    assertContains(
        page, "/compare/?case=a&amp;case=c&amp;case=d&amp;case=e", status_code=400
    )
    assertContains(page, "Case e instead of Case b", status_code=400)


def test_the_same_case_twice_counts_once(client, cases):
    assert columns(client.get(address("a", "b", "a"))) == ["Case a", "Case b"]


def test_a_former_slug_leads_to_the_present_one(client, cases):
    FormerSlugFactory(slug="old", initiative=cases["b"])
    response = client.get(address("a", "old", "b", show="share"))
    there = address("a", "b", show="share")
    assertRedirects(response, there, status_code=301)


def test_the_former_slug_of_a_draft_is_unknown(client, cases):
    FormerSlugFactory(slug="old", initiative=cases["e"])
    Initiative.objects.filter(slug="e").update(status="draft")
    assert client.get(address("a", "b", "old")).status_code == 404


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("&show=none", "“show” is one of: all, differ, share."),
        ("&pair=a", "“pair” names two of the cases that are compared."),
        ("&pair=a&pair=a", "“pair” names two"),
        ("&pair=a&pair=e", "“pair” names two"),
        ("&country=DE", "There is no choice “country” here."),
        ("&" + "&".join(f"case=n{n}" for n in range(30)), "names 12 more"),
    ],
)
def test_nonsense_is_refused_in_words_and_the_cases_stay(client, cases, query, words):
    page = client.get(address("a", "b") + query)
    assertContains(page, words, status_code=400)
    assert columns(page) == ["Case a", "Case b"]


@pytest.mark.parametrize(
    "name", ["%00", "a%00", "<b>", "%27", "a" * 5000, "../a", "%ff", "Ärger"]
)
def test_hostile_names_are_unknown(client, cases, name):
    page = client.get(address("a", "b", name))
    assertContains(page, "There is no case “", status_code=404)
    assertNotContains(page, "<b>", status_code=404)
    assert len(page.content) < 100_000


def test_parameters_of_mailings_are_ignored(client, cases):
    assert client.get(address("a", "b", utm_source="x")).status_code == 200


def test_robots_stay_out_and_the_canonical_address_keeps_the_order(client, cases):
    page = client.get(address("b", "a", show="share"))
    assertContains(page, '<meta name="robots" content="noindex">')
    canonical = "http://testserver/compare/?case=b&amp;case=a"
    assertContains(page, f'<link rel="canonical" href="{canonical}">')
    assert "/compare" not in client.get("/sitemap-pages.xml").text


def test_cases_can_be_moved_and_removed(client, cases):
    page = client.get(address("a", "b", "c", show="differ"))
    for slugs in ("bac", "acb", "bc", "ac", "ab"):
        there = address(*slugs, show="differ").replace("&", "&amp;")
        assertContains(page, f'href="{there}"')


def test_a_reader_chooses_two_columns_for_a_narrow_screen(client, cases):
    page = client.get(address("a", "b", "c") + "&pair=a&pair=c")
    assertContains(page, "compare--without-2")
    assertNotContains(page, "compare--without-1")
    assertContains(page, "&amp;pair=b&amp;pair=c#compared")
    assertContains(page, "show=share&amp;pair=a&amp;pair=c")


def test_two_columns_leave_no_choice_of_columns(client, cases):
    assertNotContains(client.get(address("a", "b")), "Two at a time")

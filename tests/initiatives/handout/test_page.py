"""The page of a handout: which cases, what is said of each, and the works."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from initiatives.models import Initiative
from references.styles import pandoc
from references.styles.errors import RenderError
from tests.factories import (
    ConflictFactory,
    FindingFactory,
    FormerSlugFactory,
    InitiativeFactory,
)
from tests.initiatives.handout.conftest import add_barrier

pytestmark = [pytest.mark.django_db, pytest.mark.once]

BOTH = "/handout/?case=b&case=a"


def words_of(page):
    """Return the words between the heading and the footer."""
    content = page.content.decode().partition("<main")[2].partition("</main>")[0]
    drawn = re.sub("<svg.*?</svg>", "", content, flags=re.DOTALL)
    return " ".join(strip_tags(drawn).split())


def test_a_case_is_told_in_words(client, cases):
    words = words_of(client.get("/handout/?case=a"))
    for text in (
        "Handout: Case a &lt;&amp;&gt;",
        "Who does what. What citizens and services do together.",
        "Mistrust Barrier They met with &lt;reserve&gt;.&nbsp;1",
        "They talked. Open dialogue",
        "Result Helped Thinly supported",
        "805 hours (2014) Hours were given.&nbsp;2",
        "Not yet looked for: risks",
        "Your notes",
        "http://testserver/initiatives/a/",
    ):
        assert text in words, text


def test_cases_keep_their_order_and_works_their_numbers(client, cases):
    words = words_of(client.get(BOTH))
    assert "Handout: 2 cases" in words
    assert words.index("Case 1 of 2 Case b") < words.index("Case 2 of 2 Case a")
    # b cites Meyer first, so that it has this number in a, too.
    assert "Looked for, nothing found: barriers." in words
    assert "Sources disagree on the number of members" in words
    assert "&lt;reserve&gt;.&nbsp;1" in words
    assert "Hours were given.&nbsp;3" in words


def test_each_work_is_listed_once(client, cases):
    page = client.get(f"{BOTH}&style=apa")
    for number in (1, 2, 3):
        assertContains(page, f'id="work-{number}"', count=1)
    assertNotContains(page, 'id="work-4"')
    works = words_of(page).partition(" Sources ")[2]
    assert works.count("Meyer") == 1


def test_codes_and_addresses_lead_to_the_cases(client, cases):
    page = client.get(BOTH)
    assertContains(page, "<title>QR code: the page of Case a &lt;&amp;&gt;</title>")
    # No style: the policy of the site would block it.
    assertNotContains(page, ' style="')
    assertContains(page, "This handout: ")
    assertContains(page, "http://testserver/handout/?case=b&amp;case=a")
    assertContains(page, '<meta name="robots" content="noindex">')


def test_the_short_form_leaves_out_facts(client, cases):
    Initiative.objects.update(co_producers="Neighbours")
    assertContains(client.get(BOTH), "Who co-produces")
    page = client.get(f"{BOTH}&form=short")
    assertNotContains(page, "Who co-produces")
    assertContains(page, '<option value="short" selected>One page a case</option>')
    address = "/handout/docx/?case=b&amp;case=a&amp;form=short&amp;style="
    assertContains(page, address)


def test_what_does_not_fit_is_counted(client, cases):
    long = "Words " * 90
    a, _ = cases
    FindingFactory.create_batch(20, initiative=a, statement=long, direction="helped")
    FindingFactory(initiative=a, kind="leadership")
    page = client.get("/handout/?case=a")
    n = page.content.decode().count(long.strip())
    assert 3 < n < 20
    more = f"The case has {21 - n} more statements (outcomes {20 - n}, leadership 1)"
    assertContains(page, more)
    # What has a figure comes first.
    assertContains(page, "Hours were given.")


def test_cases_of_a_list(client, cases):
    page = client.get("/handout/?barrier=mistrust")
    words = words_of(page)
    assert "Handout: Case a" in words
    assert "Case b" not in words
    assertContains(page, '<input type="hidden" name="barrier" value="mistrust">')


def test_twelve_cases_at_most_and_a_way_to_the_others(client):
    InitiativeFactory.create_batch(30)
    page = client.get("/handout/?country=DE&page=2")
    names = sorted(Initiative.objects.values_list("name", flat=True))
    words = words_of(page)
    assert "Handout: 12 of 30 cases in Germany" in words
    assert f"Not here: {', '.join(names[24:])} and 12 more." in words
    assertContains(page, 'href="/handout/?country=DE"')
    assertContains(page, 'href="/handout/?country=DE&amp;page=3"')
    assert client.get("/handout/?country=DE&page=4").status_code == 404


def test_named_cases_that_no_longer_fit(client):
    slugs = [case.slug for case in InitiativeFactory.create_batch(14)]
    page = client.get("/handout/", {"case": slugs})
    assert page.status_code == 200
    assert "Handout: 12 of 14 cases" in words_of(page)
    others = f"/handout/?case={slugs[12]}&amp;case={slugs[13]}"
    assertContains(page, f'<a href="{others}" rel="nofollow">A handout of those</a>')


def test_a_withdrawn_case_says_why(client, cases):
    Initiative.objects.filter(slug="b").update(
        status="withdrawn", status_note="A source was wrong."
    )
    words = words_of(client.get(BOTH))
    assert "This case was withdrawn: A source was wrong." in words
    assert "Sources disagree" not in words
    assert "Case 2 of 2 Case a" in words


def test_a_former_slug_leads_to_the_present_one(client, cases):
    FormerSlugFactory(slug="old", initiative=cases[0])
    assertRedirects(
        client.get("/handout/?case=old&form=short"),
        "/handout/?case=a&form=short",
        status_code=301,
    )
    assertRedirects(
        client.get("/handout/docx/?case=old"), "/handout/docx/?case=a", status_code=301
    )


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("case=a&case=x", 404, "There is no case “x” here."),
        ("case=a&form=long", 400, "“form” is one of: full, short."),
        ("case=a&colour=x", 400, "There is no choice “colour” here."),
        ("case=a&style=x", 400, "x"),
        ("case=a&style=apa&locale=xx", 400, "xx"),
        ("country=XX", 400, "“XX” is not a country code."),
        ("colour=x", 400, "There is no filter “colour”."),
        ("country=KE", 200, "No case is like that."),
        ("case=%00", 404, "There is no case"),
    ],
)
def test_nonsense_is_said(client, cases, query, status, words):
    assertContains(client.get(f"/handout/?{query}"), words, status_code=status)


def test_a_style_for_notes_only_sets_no_list(client, cases):
    style = "bluebook-inline"
    page = client.get(f"/handout/?case=a&style={style}")
    assertContains(page, "sets notes only", status_code=400)
    assertContains(page, "Watch", status_code=400)


def test_a_chosen_style_is_remembered(client, cases):
    page = client.get("/handout/?case=a&style=nature")
    assert page.cookies["style"].value == "nature"


def test_without_the_renderer_works_are_plain(client, cases, monkeypatch):
    def fail(*arguments, **options):
        raise RenderError("This list could not be set.")

    monkeypatch.setattr(pandoc, "run", fail)
    page = client.get("/handout/?case=a&style=nature-genetics")
    assertContains(page, "could not be set in a citation style just now")
    assertContains(page, 'id="work-2"')
    assert page["Cache-Control"] == "no-store"


def test_a_case_without_statements(client):
    InitiativeFactory(slug="a", revised_on=None)
    page = client.get("/handout/?case=a")
    assertContains(page, "Version of no known day.")
    assertNotContains(page, "Barriers and risks")
    assertNotContains(page, 'id="works"')


def test_the_number_of_queries_is_fixed(client, cases):
    def count(query):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/handout/?{query}").status_code == 200
        return len(queries)

    client.get("/handout/?case=b")
    two = count("case=a&case=b")
    for slug in "cd":
        case = InitiativeFactory(slug=slug)
        add_barrier(case, n_sources=2)
        ConflictFactory(initiative=case)
    assert count("case=a&case=b&case=c&case=d") == two
    assert two <= 14


def test_pages_lead_to_handouts(client, cases):
    link = 'href="/handout/?case=a" rel="nofollow"'
    assertContains(client.get("/initiatives/a/"), link)
    link = 'href="/handout/?case=a&amp;case=b" rel="nofollow"'
    assertContains(client.get("/compare/?case=a&case=b"), link)
    link = 'href="/handout/?barrier=mistrust" rel="nofollow"'
    assertContains(client.get("/initiatives/?barrier=mistrust"), link)
    assertContains(client.get("/barriers/mistrust/"), link)

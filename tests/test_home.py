"""The home page, the page about the site, and error pages."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertContains, assertNotContains

from casebase.site.home_page import ROWS_SHOWN
from tests.factories import (
    ConceptFactory,
    DocumentationFactory,
    FindingFactory,
    InitiativeFactory,
    ReferenceFactory,
)
from tests.initiatives.matrix.opened_lists import opened

pytestmark = pytest.mark.django_db


def count_queries(client):
    client.get("/")
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/").status_code == 200
    return len(captured)


def barrier(term, result, **values):
    """Create a barrier that was responded to, with this result."""
    response = {"response": "They asked.", "direction": result}
    return FindingFactory(kind="barrier", concept=term, **response | values)


def assert_opens_what_it_counts(n, address):
    """Assert that a list of cases or findings has as many records as a link says."""
    _cases, findings = opened(address, is_linked="/findings/" in address)
    assert findings.count() == n, address


def test_the_home_page_has_live_numbers(client):
    heading = ConceptFactory(is_heading=True)
    term = ConceptFactory(slug="mistrust", label="Mistrust", broader=heading)
    ConceptFactory(slug="stigma", label="Stigma", broader=heading)
    FindingFactory(kind="barrier", concept=term)
    ReferenceFactory()
    page = client.get("/")
    assertContains(page, '2 <span class="small">barriers</span>')
    assertContains(page, '1 <span class="small">cases</span>')
    assertContains(page, '2 <span class="small">works</span>')
    assertContains(page, 'In no case yet: <a href="/barriers/stigma/">stigma</a>.')
    assertNotContains(page, "0 cases")


def test_questions_of_readers_open_what_answers_them(client):
    assert client.get("/").context["page"].questions == []
    term = ConceptFactory(slug="loss-of-status-and-control")
    InitiativeFactory.create_batch(3, settlement="rural")
    FindingFactory.create_batch(2, kind="barrier", concept=term)
    FindingFactory(kind="saving", figure_value=5, figure_unit="EUR")
    FindingFactory(kind="saving")
    councillors, saving, rural = client.get("/").context["page"].questions
    assert (councillors.n, councillors.address) == (2, term.get_absolute_url())
    assert (saving.n, rural.n) == (1, 3)
    assert_opens_what_it_counts(saving.n, saving.address)
    assert_opens_what_it_counts(rural.n, rural.address)


def test_its_picture_is_the_fullest_part_of_the_matrix(client):
    above = ConceptFactory(is_heading=True)
    terms = [ConceptFactory(broader=above) for _ in range(ROWS_SHOWN + 1)]
    strategy = ConceptFactory(scheme="strategies", label="Training")
    for n, term in enumerate(terms):
        for _ in range(n):
            barrier(term, "mixed", strategies=[strategy])
    FindingFactory(kind="risk", strategies=[strategy])
    excerpt = client.get("/").context["page"].excerpt
    assert [row.value.key for row, _ in excerpt.rows] == [t.pk for t in terms[:0:-1]]
    [column] = excerpt.columns
    assert (column.value.label, column.n_statements) == ("Training", 21)
    [cell] = excerpt.rows[0][1]
    assert cell.results == [("mixed", 6)]
    for part in (column, cell, *(row for row, _ in excerpt.rows)):
        assert_opens_what_it_counts(part.n_statements, part.address)


def test_barriers_have_bars_of_results(client):
    above = ConceptFactory(is_heading=True, label="Inside")
    often = ConceptFactory(label="Mistrust", broader=above)
    for result in ("helped", "not-reported", "not-reported", "hindered"):
        barrier(often, result)
    once = barrier(ConceptFactory(label="Stigma"), "helped").concept
    page = client.get("/").context["page"]
    (heading, [first]), (top, [second]) = page.barriers.groups
    assert (heading, first.barrier) == (often.broader, often)
    assert (top, second.barrier) == (None, once)
    parts = [(part.value.name, part.start, part.width) for part in first.parts]
    assert parts == [
        ("helped", 0, 25),
        ("hindered", 25, 25),
        ("not-reported", 50, 50),
    ]
    assert [part.width for part in second.parts] == [25]
    for part in (*first.parts, *page.barriers.all_results):
        assert_opens_what_it_counts(part.value.n, part.value.address)
    assertContains(client.get("/"), "mistrust</a> (2 of 4)")


def test_what_is_known_and_what_is_not_opens_its_lists(client):
    case = InitiativeFactory(not_found=["saving"])
    barrier(ConceptFactory(), "not-reported", initiative=case)
    FindingFactory(kind="barrier", initiative=case)
    FindingFactory(initiative=case, basis="stated", sources=2)
    response = client.get("/")
    page = response.context["page"]
    counts = [*page.known, *page.unsure, *page.missing]
    assert [count.n for count in counts] == [0, 1, 0, 3, 2, 0, 0, 1, 1]
    for count in counts:
        assert_opens_what_it_counts(count.n, count.address)
    assertContains(response, "Looked for in vain: savings in 1 case.")
    assertContains(response, "of 2 statements with barriers, 0 report that it helped")


def test_the_home_page_takes_a_fixed_number_of_queries(client):
    barrier(ConceptFactory(), "helped", initiative__latitude=5, initiative__longitude=5)
    few = count_queries(client)
    for _ in range(9):
        barrier(ConceptFactory(), "helped", is_specimen=True)
    assert count_queries(client) == few


def test_the_home_page_shows_the_newest_public_cases(client):
    InitiativeFactory(name="Older", published_on="2025-01-01")
    InitiativeFactory(name="Newer", published_on="2026-01-01")
    InitiativeFactory(
        name="Hidden",
        status="withdrawn",
        status_note="Why.",
        published_on="2026-02-01",
    )
    page = client.get("/")
    assert [str(case) for case in page.context["page"].newest] == ["Newer", "Older"]
    assertNotContains(page, "Hidden")


def test_an_empty_casebase_has_a_home_page(client):
    assertContains(client.get("/"), "No case is published yet.")


def test_about_counts_findings_without_a_source(client):
    FindingFactory(basis="stated")
    assert client.get("/about/").context["statistics"]["unsourced"] == 0
    FindingFactory(sources=0)
    statistics = client.get("/about/").context["statistics"]
    assert statistics["unsourced"] == 1
    assert [statistics[n] for n in ("statements", "stated", "single_work")] == [1] * 3


def test_about_lists_the_cases_that_the_chapter_cites(client):
    cited = InitiativeFactory(name="Cited")
    for case in (cited, InitiativeFactory(name="Hidden", status="review")):
        DocumentationFactory.create_batch(2, initiative=case, is_cited_by_chapter=True)
    other = DocumentationFactory(initiative__name="Other", is_cited_by_chapter=False)
    page = client.get("/about/")
    assertContains(page, "1 of the 2 published cases rest")
    assertContains(page, f'<li><a href="{cited.get_absolute_url()}">Cited</a></li>')
    assertNotContains(page, other.initiative.name)
    assertNotContains(page, "Hidden")


@pytest.mark.once
def test_about_has_default_texts_and_no_repetitions(client):
    page = client.get("/about/").text
    assert page.count(">Privacy</h2>") == 1
    assert "form below" not in page
    assert "the map" not in page
    for words in ("Nobody is named yet", "No address is given", "No funding is named"):
        assert words in page
    assert "Casebase contributors (" in page


@pytest.mark.once
def test_about_names_the_operator(client, settings):
    settings.ABOUT_THE_SITE = {
        "operator": "Town of Weyhe",
        "contact": "desk@example.org, https://example.org/",
        "funding": "Paid by <the town>.",
        "citation": "Weyhe (2026). Our casebase.",
    }
    page = client.get("/about/")
    for words in (
        "<dd>Town of Weyhe</dd>",
        '<a href="mailto:desk@example.org">desk@example.org</a>, <a href="https://example.org/"',
        "Paid by &lt;the town&gt;.",
        "<blockquote>Weyhe (2026). Our casebase.</blockquote>",
    ):
        assertContains(page, words)
    assertNotContains(page, "yet")


@pytest.mark.once
def test_a_missing_page_has_links(client):
    page = client.get("/nowhere/")
    assertContains(page, "There is no such page", status_code=404)
    assertContains(page, 'href="/barriers/"', status_code=404)


@pytest.mark.once
def test_a_server_error_has_a_page(client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("casebase.site.views.public_statistics", lambda: 1 / 0)
    page = client.get("/about/")
    assertContains(page, "Something went wrong on our side", status_code=500)

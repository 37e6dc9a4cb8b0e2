"""The home page, the page about the site, and error pages."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from tests.factories import (
    ConceptFactory,
    DocumentationFactory,
    FindingFactory,
    InitiativeFactory,
    ReferenceFactory,
)

pytestmark = pytest.mark.django_db


def test_the_home_page_has_live_numbers(client):
    heading = ConceptFactory(is_heading=True)
    term = ConceptFactory(slug="mistrust", label="Mistrust", broader=heading)
    ConceptFactory(label="Stigma", broader=heading)
    FindingFactory(kind="barrier", concept=term)
    ReferenceFactory()
    page = client.get("/")
    assertContains(page, '2 <span class="small">barriers</span>')
    assertContains(page, '1 <span class="small">cases in 1 country</span>')
    assertContains(page, '2 <span class="small">works</span>')
    assertContains(page, "Mistrust")
    assertContains(page, "0 cases")
    assertNotContains(page, heading.label)


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
    assert [str(case) for case in page.context["newest"]] == ["Newer", "Older"]
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

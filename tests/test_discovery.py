"""How machines find what is here: sitemaps, robots, feeds, search from the browser."""

from xml.etree import ElementTree

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from casebase.sitemaps import SITEMAPS
from tests.factories import ConceptFactory, FindingFactory, InitiativeFactory

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def tree(client, path):
    # Written by ourselves just now.
    return ElementTree.fromstring(client.get(path).text)  # noqa: S314


def addresses(client, path):
    return [place.text for place in tree(client, path).iter(f"{MAP}loc")]


def test_the_index_leads_to_every_part(client):
    assert addresses(client, "/sitemap.xml") == [
        f"http://testserver/sitemap-{name}.xml" for name in SITEMAPS
    ]
    for name in SITEMAPS:
        assert client.get(f"/sitemap-{name}.xml").status_code == 200
    assert client.get("/sitemap-nonsense.xml").status_code == 404


def test_every_public_page_is_named_and_answers(client):
    case = InitiativeFactory(revised_on="2026-11-24")
    FindingFactory(initiative=case, kind="barrier")
    InitiativeFactory(slug="hidden", status="review")
    ConceptFactory(scheme="strategies")
    named = [
        address
        for name in SITEMAPS
        for address in addresses(client, f"/sitemap-{name}.xml")
    ]
    assert f"http://testserver/initiatives/{case.slug}/" in named
    assert len(named) == 6 + 10 + 1 + 2 + 1
    assert not [address for address in named if "hidden" in address]
    cases = client.get("/sitemap-initiatives.xml")
    assertContains(cases, "<lastmod>2026-11-24</lastmod>")


def test_robots_know_the_sitemap_and_leave_the_desk(client):
    page = client.get("/robots.txt")
    assertContains(page, "Sitemap: http://testserver/sitemap.xml")
    assertContains(page, "Disallow: /admin/")


def test_a_browser_can_search_here(client):
    page = client.get("/opensearch.xml")
    assert tree(client, "/opensearch.xml").tag.endswith("OpenSearchDescription")
    assertContains(page, "http://testserver/initiatives/?q={searchTerms}")
    assertContains(client.get("/about/"), 'href="/opensearch.xml"')


def entries(client, query=""):
    feed = tree(client, f"/feeds/initiatives/{query}")
    return [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]


def test_a_feed_has_the_cases_revised_last_first(client):
    InitiativeFactory(name="Older", revised_on="2025-01-01")
    InitiativeFactory(name="Newer", revised_on="2026-01-01", summary="<b>New</b>")
    InitiativeFactory(name="Hidden", revised_on="2026-02-01", status="draft")
    assert entries(client) == ["Newer", "Older"]
    page = client.get("/feeds/initiatives/")
    assertContains(page, "<updated>2026-01-01T12:00:00+00:00</updated>")
    assertNotContains(page, "<b>New")


def test_any_list_can_be_followed(client):
    InitiativeFactory(name="Here", country="FI", revised_on="2026-01-01")
    InitiativeFactory(name="There", country="DE", revised_on="2026-01-01")
    assert entries(client, "?country=FI") == ["Here"]
    page = client.get("/initiatives/?country=FI")
    assertContains(page, 'href="/feeds/initiatives/?country=FI"')


def test_a_feed_of_nonsense_is_refused(client):
    assert client.get("/feeds/initiatives/?country=XX").status_code == 400
    assert client.get("/feeds/initiatives/?countri=DE").status_code == 400

"""How machines find what is here: sitemaps, robots, feeds, search from the browser."""

from xml.etree import ElementTree

import pytest
from pytest_django.asserts import assertContains

from casebase.sitemaps import SITEMAPS
from tests.factories import (
    ConceptFactory,
    FindingFactory,
    InitiativeFactory,
    ReferenceFactory,
)

pytestmark = pytest.mark.django_db
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


def test_sitemaps_say_when_a_case_or_a_work_changed_last(client):
    assert client.get("/sitemap.xml").status_code == 200
    InitiativeFactory(published_on="2026-11-25", revised_on="2026-11-24")
    ReferenceFactory(added_on="2026-11-01", revised_on="2026-11-02")
    for name, day in (("initiatives", "2026-11-25"), ("references", "2026-11-02")):
        assertContains(client.get(f"/sitemap-{name}.xml"), f"<lastmod>{day}</lastmod>")
        assertContains(client.get("/sitemap.xml"), f"<lastmod>{day}</lastmod>")


def test_robots_know_the_sitemap_and_leave_the_desk(client):
    page = client.get("/robots.txt")
    assertContains(page, "Sitemap: http://testserver/sitemap.xml")
    assertContains(page, "Disallow: /admin/")


def test_a_browser_can_search_here(client):
    page = client.get("/opensearch.xml")
    assert tree(client, "/opensearch.xml").tag.endswith("OpenSearchDescription")
    assertContains(page, "http://testserver/search/?q={searchTerms}")
    assertContains(page, "http://testserver/search/suggestions/?q={searchTerms}")
    assertContains(client.get("/about/"), 'href="/opensearch.xml"')

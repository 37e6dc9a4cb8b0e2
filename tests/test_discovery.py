"""How machines find what is here: robots, search from the browser."""

from xml.etree import ElementTree

import pytest
from pytest_django.asserts import assertContains

pytestmark = pytest.mark.django_db


def tree(client, path):
    # Written by ourselves just now.
    return ElementTree.fromstring(client.get(path).text)  # noqa: S314


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

"""robots.txt, and the description of the search for browsers."""

from xml.etree import ElementTree

import pytest
from pytest_django.asserts import assertContains

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def tree(client, path):
    # The XML is our own.
    return ElementTree.fromstring(client.get(path).text)  # noqa: S314


def test_robots_get_the_sitemap_and_may_not_crawl_the_desk(client):
    page = client.get("/robots.txt")
    assertContains(page, "Sitemap: http://testserver/sitemap.xml")
    assertContains(page, "Disallow: /admin/")
    assertContains(page, "Disallow: /handout/docx/")
    assertContains(page, "Disallow: /plan/*/")


def test_browsers_can_add_the_search(client):
    page = client.get("/opensearch.xml")
    assert tree(client, "/opensearch.xml").tag.endswith("OpenSearchDescription")
    assertContains(page, "http://testserver/search/?q={searchTerms}")
    assertContains(page, "http://testserver/search/suggestions/?q={searchTerms}")
    assertContains(client.get("/about/"), 'href="/opensearch.xml"')

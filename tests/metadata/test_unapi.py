"""unAPI, as Zotero asks it."""

from xml.etree import ElementTree

import pytest
from pytest_django.asserts import assertContains, assertRedirects

from tests.factories import ReferenceFactory


def formats(response, status):
    assert response.status_code == status
    root = ElementTree.fromstring(response.content)  # noqa: S314 our own answer
    return root.attrib, {form.get("name"): form.get("type") for form in root}


KNOWN = {
    "ris": "application/x-research-info-systems",
    "bibtex": "application/x-bibtex",
}


def test_says_which_formats_there_are(client):
    assert formats(client.get("/unapi/"), 200) == ({}, KNOWN)
    response = client.get("/unapi/?id=loeffler-2015")
    assert formats(response, 300) == ({"id": "loeffler-2015"}, KNOWN)


@pytest.mark.django_db
def test_leads_from_the_page_of_a_work_to_the_work(client):
    ReferenceFactory(key="loeffler-2015", title="The star")
    page = client.get("/references/loeffler-2015/")
    assertContains(page, 'rel="unapi-server"')
    assertContains(page, '<abbr class="unapi-id" title="loeffler-2015" hidden></abbr>')
    response = client.get("/unapi/?id=loeffler-2015&format=ris")
    assertRedirects(response, "/references/loeffler-2015/ris.ris")
    assertContains(client.get(response.url), "TI  - The star")


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("id=x&format=marc", 406),
        ("id=<script>", 404),
        ("id=//evil.example&format=ris", 404),
        ("id=%00", 404),
    ],
)
def test_nonsense_is_refused(client, query, status):
    assert client.get(f"/unapi/?{query}").status_code == status

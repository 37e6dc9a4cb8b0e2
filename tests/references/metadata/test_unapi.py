"""unAPI, as Zotero asks it."""

import re
from xml.etree import ElementTree

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from casebase.search.rebuilding import rebuild
from tests.factories import (
    ConceptFactory,
    FindingFactory,
    FormerKeyFactory,
    InitiativeFactory,
    ReferenceFactory,
    SourceFactory,
)

pytestmark = pytest.mark.once

IDS = re.compile(r'<abbr class="unapi-id" title="([^"]*)" hidden></abbr>')
KNOWN = {
    "rdf_zotero": "application/rdf+xml",
    "ris": "application/x-research-info-systems",
    "bibtex": "application/x-bibtex",
}
STAR, WEYHE, MISTRUST = "loeffler-2015", "initiatives/weyhe", "barriers/mistrust"


@pytest.fixture
def star(db):
    star = ReferenceFactory(key=STAR, title="The star")
    case = InitiativeFactory(slug="weyhe", name="Streetwatchers")
    term = ConceptFactory(slug="mistrust", label="Mistrust")
    finding = FindingFactory(initiative=case, kind="barrier", concept=term, sources=0)
    SourceFactory(finding=finding, reference=star)
    return star


def formats(response, status):
    assert response.status_code == status
    root = ElementTree.fromstring(response.content)  # noqa: S314 our own answer
    return root.attrib, {form.get("name"): form.get("type") for form in root}


def ask(client, item, name="rdf_zotero"):
    return client.get(f"/unapi/?id={item}&format={name}")


def test_says_which_formats_there_are_the_best_first(client, star):
    assert formats(client.get("/unapi/"), 200) == ({}, KNOWN)
    assert formats(client.get(f"/unapi/?id={STAR}"), 300) == ({"id": STAR}, KNOWN)
    assert client.get("/unapi/").text.index("rdf_zotero") < 100


@pytest.mark.parametrize(
    ("address", "ids"),
    [
        (f"/references/{STAR}/", [STAR]),
        ("/references/", [STAR]),
        ("/references/?barrier=mistrust", [STAR]),
        ("/references/bibliography/", [STAR]),
        ("/initiatives/", [WEYHE]),
        (f"/{WEYHE}/", [WEYHE, STAR]),
        (f"/{WEYHE}/cite/", [WEYHE]),
        (f"/{MISTRUST}/", [MISTRUST, STAR]),
        ("/search/?q=star", [STAR]),
        ("/search/?q=streetwatchers", [WEYHE]),
        ("/search/?q=mistrust", [MISTRUST, WEYHE]),
        ("/about/", []),
    ],
)
def test_pages_name_the_works_that_they_show(client, star, address, ids):
    rebuild()
    page = client.get(address)
    assertContains(page, '<link rel="unapi-server" type="application/xml"', count=1)
    assert IDS.findall(page.text) == ids


@pytest.mark.parametrize(
    ("item", "title"),
    [(STAR, "The star"), (WEYHE, "Streetwatchers"), (MISTRUST, "Mistrust")],
)
@pytest.mark.parametrize("name", KNOWN)
def test_each_is_answered_alone_and_at_once(client, star, item, title, name):
    response = ask(client, item, name)
    assert response.headers["Content-Type"].partition(";")[0] == KNOWN[name]
    assertContains(response, title)
    others = {"The star", "Streetwatchers", "Mistrust"} - {title}
    assert not [other for other in others if other in response.text]


def test_the_parts_of_a_list_that_is_fetched_anew_name_their_works(client, star):
    part = client.get("/references/", headers={"HX-Request": "true"})
    assertNotContains(part, "unapi-server")
    assert IDS.findall(part.text) == [STAR]


def test_a_work_that_was_renamed_is_still_found(client, star):
    FormerKeyFactory(key="loffler-2015", reference=star)
    response = ask(client, "loffler-2015", "ris")
    assertRedirects(response, f"/references/{STAR}/item.ris", status_code=301)


@pytest.mark.parametrize("status", ["draft", "review", "withdrawn"])
def test_a_case_that_is_not_public_is_not_told_of(client, db, status):
    InitiativeFactory(slug="hush", name="Hush-hush", status=status, status_note="A.")
    response = ask(client, "initiatives/hush")
    assert response.status_code == (410 if status == "withdrawn" else 404)
    assertNotContains(response, "Z3988", status_code=response.status_code)
    assert client.get("/unapi/?id=initiatives/hush").status_code != 300


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("id=x&format=marc", 406),
        ("id=nobody-nd", 404),
        ("id=nobody-nd&format=ris", 404),
        ("id=<script>", 404),
        ("id=//evil.example&format=ris", 404),
        ("id=%00", 404),
        ("id=barriers&format=ris", 404),
        ("id=nowhere/x/y&format=ris", 404),
        ("id=references&format=ris", 404),
        ("id=admin/login&format=ris", 404),
        ("id=a/b/c/d/e&format=ris", 404),
        ("id=references/../admin&format=ris", 404),
    ],
)
def test_nonsense_is_refused(client, query, status):
    assert client.get(f"/unapi/?{query}").status_code == status


def test_asking_is_reading(client, db):
    assert client.post(f"/unapi/?id={STAR}&format=ris").status_code == 405


def test_documents_of_one_item_are_linked_nowhere(client, star):
    links = client.get(f"/{WEYHE}/").headers["Link"]
    assert "zotero-rdf.rdf" in links
    assert "item." not in links
    assert client.get("/references/item.rdf").status_code == 404

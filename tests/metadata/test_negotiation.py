"""Which document a page responds with, and the addresses of its documents."""

import json
import re

import pytest
from pytest_django.asserts import assertContains, assertRedirects

from tests.factories import (
    ConceptFactory,
    ContributionFactory,
    FindingFactory,
    FormerKeyFactory,
    FormerSlugFactory,
    InitiativeFactory,
    ReferenceFactory,
    SourceFactory,
)
from tests.metadata.links import links_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]

CSL = "application/vnd.citationstyles.csl+json"
CITEPROC = "application/citeproc+json"
BIBTEX = "application/x-bibtex"
RIS = "application/x-research-info-systems"
LD = "application/ld+json"
LINKSET = "application/linkset+json"
HTML = "text/html"
OTHER_NAMES = [
    *("application/json", "text/xml", "text/x-bibtex", "text/bibtex"),
    *("application/bibtex", "application/ris", "application/x-ris"),
    "text/x-research-info-systems",
]
CHROME = "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8"
WORK = "/references/loeffler-2015/"
CASE = "/initiatives/weyhe/"
TERM = "/barriers/mistrust/"


@pytest.fixture(autouse=True)
def star():
    star = ReferenceFactory(key="loeffler-2015", title="The star")
    ContributionFactory(reference=star, person__family="Loeffler", person__given="E.")
    case = InitiativeFactory(slug="weyhe", name="Streetwatchers")
    term = ConceptFactory(slug="mistrust", label="Mistrust")
    finding = FindingFactory(initiative=case, kind="barrier", concept=term, sources=0)
    SourceFactory(finding=finding, reference=star)
    return star


def get(client, address, accept=None):
    return client.get(address, headers={} if accept is None else {"Accept": accept})


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        (None, HTML),
        ("", HTML),
        ("*/*", HTML),
        ("text/*", HTML),
        (CHROME, HTML),
        (CSL, CSL),
        (BIBTEX, BIBTEX),
        (RIS, RIS),
        (LD, LD),
        (LINKSET, LINKSET),
        (f"{BIBTEX};q=0.5, {RIS}", RIS),
        (f"{BIBTEX}, {RIS};q=0.5", BIBTEX),
        (f"{RIS};q=0.9, text/html;q=0.8", RIS),
        (f"{RIS};q=0.8, text/html;q=0.9", HTML),
        (f"{RIS}, text/html", HTML),
        (f"{RIS}, */*", HTML),
        (f"{RIS}, */*;q=0.1", RIS),
        (f"{RIS};q=0, {BIBTEX};q=0.1", BIBTEX),
        ("application/*", CSL),
        (f"image/png, {CSL};q=0.1", CSL),
        (f"{CSL};q=nonsense", CSL),
        (",", HTML),
        (f"{CSL}; charset=utf-8", CSL),
        (f"{CSL.upper()}; CHARSET=UTF-8; Q=1", CSL),
        (f"text/html; charset=utf-8;q=0.1, {BIBTEX}; charset=utf-8", BIBTEX),
        ("application/citeproc+json", CITEPROC),
        (f"application/citeproc+json, {RIS};q=0.9", CITEPROC),
        (f"{CSL}, application/citeproc+json", CSL),
        *((alias, alias) for alias in OTHER_NAMES),
        ("application/rdf+xml", "application/rdf+xml"),
        ("text/csv; header=present", "text/csv"),
        (f'{LD};profile="http://www.w3.org/ns/json-ld#compacted"', LD),
        (f"text/html;q=0, */*;q=0.1, {RIS};q=0", CSL),
        (f"{HTML};q=0, text/*", "text/x-bibtex"),
        ("text/html;level=1, */*;q=0.1", HTML),
        (f"{RIS};x*=none'y'z, {BIBTEX};q=0.1", BIBTEX),
        ("text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2", HTML),
    ],
)
@pytest.mark.parametrize("address", [WORK, CASE, TERM])
def test_the_accept_header_chooses(client, address, accept, media_type):
    response = get(client, address, accept)
    assert response.status_code == 200
    assert response.headers["Content-Type"].partition(";")[0] == media_type
    assert "Accept" in response.headers["Vary"].split(", ")


@pytest.mark.parametrize(
    "accept",
    [
        *("image/png", "text/x-nonsense", "nonsense", "*/*;q=0", "text/html;q=0"),
        *("text/csv;header=absent", f"{RIS};x*=none'y'z", "a" * 20_000),
    ],
)
def test_who_takes_nothing_we_have_hears_what_there_is(client, accept):
    response = get(client, WORK, accept)
    assertContains(response, RIS, status_code=406)
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "Accept" in response.headers["Vary"]


@pytest.mark.parametrize(
    ("accept", "name"),
    [
        (CSL, "csl-json"),
        (CITEPROC, "csl-json"),
        ("application/json", "csl-json"),
        (BIBTEX, "bibtex"),
        ("text/bibtex", "bibtex"),
        (RIS, "ris"),
        ("application/ris", "ris"),
        (f"{RIS};q=0.5, {BIBTEX};q=0.4, text/html;q=0.1", "ris"),
        ("application/rdf+xml", "zotero-rdf"),
        ("text/csv", "csv"),
    ],
)
@pytest.mark.parametrize("query", ["", "?type=report&from=2010"])
def test_a_list_of_works_leads_to_itself_in_a_format(client, accept, name, query):
    response = get(client, f"/references/{query}", accept)
    assertRedirects(
        response,
        f"http://testserver/references/export/{name}/{query}",
        status_code=303,
        fetch_redirect_response=False,
    )
    assert "Accept" in response.headers["Vary"].split(", ")
    assert client.get(response["Location"]).status_code == 200


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        *((None, HTML), ("*/*", HTML), (CHROME, HTML), ("text/*", HTML)),
        *(("application/*", LD), (LD, LD), (f"{CSL}, {HTML}", HTML)),
    ],
)
def test_a_list_of_works_is_a_page_to_others(client, accept, media_type):
    response = get(client, "/references/", accept)
    assert response.status_code == 200
    assert response.headers["Content-Type"].partition(";")[0] == media_type


def test_a_list_says_what_it_can_be_had_as(client):
    response = get(client, "/references/", "image/png")
    for media_type in (HTML, LD, CSL, BIBTEX, RIS, "application/atom+xml"):
        assertContains(response, f"\n{media_type}\n", status_code=406)


def test_a_document_says_where_it_stands_and_what_it_describes(client):
    response = get(client, WORK, RIS)
    address = f"http://testserver{WORK}"
    assert response.headers["Content-Location"] == f"{address}ris.ris"
    assert links_in(response.headers["Link"]) == [
        ("describes", address, HTML),
        ("linkset", f"{address}linkset.json", LINKSET),
    ]
    assert client.get(f"{WORK}ris.ris").content == response.content


def test_a_work_is_one_item_as_resolvers_of_dois_answer(client):
    item = get(client, WORK, CSL).json()
    assert item["title"] == "The star"
    assert item["author"] == [{"family": "Loeffler", "given": "E."}]


@pytest.mark.parametrize(
    ("address", "own"), [(CASE, "Streetwatchers"), (TERM, "Mistrust")]
)
def test_a_case_and_a_term_stand_before_their_works(client, address, own):
    items = get(client, address, CSL).json()
    assert [item["title"] for item in items] == [own, "The star"]
    assert items[0]["author"] == [{"literal": "Casebase"}]
    assert items[0]["URL"] == f"http://testserver{address}"
    assert b"\nTI  - The star" in get(client, address, RIS).content
    assert b"title = {The star}" in get(client, address, BIBTEX).content


@pytest.mark.parametrize("address", [WORK, CASE, TERM])
def test_every_link_from_a_page_to_its_documents_leads_to_one(client, address):
    links = links_in(client.get(address).headers["Link"])
    documents = [link for link in links if link[0] in ("describedby", "linkset")]
    assert {CSL, BIBTEX, RIS, LD, LINKSET} <= {media for _, _, media in documents}
    for _, href, media in documents:
        response = client.get(href)
        assert response.headers["Content-Type"].partition(";")[0] == media
        assert response.content


@pytest.mark.parametrize("address", [WORK, CASE, TERM])
def test_the_set_of_links_agrees_with_the_header(client, address):
    header = links_in(client.get(address).headers["Link"])
    contexts = json.loads(client.get(f"{address}linkset.json").content)["linkset"]
    page, *others = contexts
    assert page.pop("anchor") == f"http://testserver{address}"
    # The page of a case is the case, and so an item of itself.
    assert ("collection" in page) == (address == CASE)
    page.pop("collection", None)
    assert header == [
        (rel, target["href"], target.get("type", ""))
        for rel, targets in page.items()
        for target in targets
    ]
    assert len(page["cite-as"]) == 1
    assert page["cite-as"][0]["href"] == f"http://testserver{address}"
    assert all(context.keys() & {"describes", "collection"} for context in others)


@pytest.mark.parametrize(
    "address",
    [
        f"{WORK}nothing.json",
        f"{CASE}nothing.json",
        f"{TERM}nothing.json",
        "/references/nobody-nd/csl.json",
        "/initiatives/nowhere/csl.json",
        "/barriers/nothing/csl.json",
    ],
)
def test_what_is_not_there_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_old_addresses_lead_to_the_same_document(client, star):
    FormerKeyFactory(key="loffler-2015", reference=star)
    case = star.uses.get().finding.initiative
    FormerSlugFactory(slug="night-walkers", initiative=case)
    term = star.uses.get().finding.concept
    FormerSlugFactory(slug="distrust", concept=term)
    for old, new in (
        ("/references/loffler-2015/", WORK),
        ("/initiatives/night-walkers/", CASE),
        ("/barriers/distrust/", TERM),
    ):
        response = client.get(f"{old}linkset.json")
        assertRedirects(response, f"{new}linkset.json", status_code=301)


@pytest.mark.parametrize("status", ["draft", "review"])
def test_cases_that_are_not_published_have_no_documents(client, status):
    InitiativeFactory(slug="hidden", name="Hush-hush", status=status)
    assert client.get("/initiatives/hidden/csl.json").status_code == 404
    assert get(client, "/initiatives/hidden/", CSL).status_code == 404


def test_a_withdrawn_case_is_gone_in_every_form(client):
    InitiativeFactory(slug="gone", status="withdrawn", status_note="A duplicate.")
    assert client.get("/initiatives/gone/csl.json").status_code == 410


@pytest.mark.parametrize("document", ["csl.json", "bibtex.bib", "ris.ris"])
def test_no_two_items_of_a_document_have_one_key(client, star, document):
    star.rename(key="casebase-weyhe")
    text = client.get(f"{CASE}{document}").text
    # CSL-JSON has it as ``id`` and as ``citation-key``.
    times = 2 if document == "csl.json" else 1
    for key in ("casebase-weyhe", "casebase-weyhe-2"):
        assert len(re.findall(rf"(?<![\w/-]){key}(?![\w/-])", text)) == times


def test_documents_answer_to_reading_only(client):
    assert client.post(f"{WORK}csl.json").status_code == 405
    assert client.head(f"{WORK}csl.json").status_code == 200


def test_documents_ask_no_more_than_the_page(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        client.get(f"{WORK}ris.ris")

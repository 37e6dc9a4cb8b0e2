"""Data for machines on lists, and on pages about many records."""

import json
from html import unescape
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from casebase.lists import filterset
from casebase.metadata.signposting import MAX_HEADER_LENGTH
from initiatives.formats import FORMATS
from references.exports import ALL_FORMATS
from tests.factories import (
    ConceptFactory,
    FindingFactory,
    FormerSlugFactory,
    InitiativeFactory,
    ReferenceFactory,
)
from tests.metadata.html_page import Page
from tests.metadata.links import HOSTILE, links_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]
SITE = "http://testserver"
CASES, WORKS = "/initiatives/", "/references/"


def in_header(client, address, rel):
    links = links_in(client.get(address)["Link"])
    return [href for kind, href, _ in links if kind == rel]


def canonical(client, address):
    [link] = Page(client, address).links("canonical")
    return link.removeprefix(SITE)


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        ("", ""),
        ("?", ""),
        ("?page=1", ""),
        ("?sort=name&q=", ""),
        ("?utm_source=mail&nonsense=1&country=DE", "?country=DE"),
        ("?country=FI&country=DE&country=FI", "?country=DE&country=FI"),
        ("?sort=year&country=DE", "?country=DE&sort=year"),
        ("?from=02010&q=+night++", "?q=night&from=2010"),
        ("?barrier=distrust", "?barrier=mistrust"),
        ("?barrier=mistrust&barrier-all=1", "?barrier=mistrust"),
        (
            "?barrier-all=1&barrier=mistrust&barrier=cost",
            "?barrier=cost&barrier=mistrust&barrier-all=1",
        ),
    ],
)
def test_one_list_has_one_address(client, asked, address):
    FormerSlugFactory(slug="distrust", concept=ConceptFactory(slug="mistrust"))
    ConceptFactory(slug="cost")
    assert canonical(client, f"{CASES}{asked}") == f"{CASES}{address}"


def test_the_works_behind_cases_have_one_address_too(client):
    asked = "?country=FI&type=report&case-from=2000&country=DE&sort=author&page=1"
    address = "?country=DE&country=FI&case-from=2000&type=report"
    assert canonical(client, f"{WORKS}{asked}") == f"{WORKS}{address}"


@pytest.mark.parametrize("address", [CASES, WORKS])
def test_pages_of_a_list_know_their_neighbours(client, address, monkeypatch):
    monkeypatch.setattr(filterset, "PER_PAGE", 1)
    InitiativeFactory.create_batch(3, country="DE")
    ReferenceFactory.create_batch(3)
    page = Page(client, f"{address}?page=2")
    assert page.links("canonical") == [f"{SITE}{address}?page=2"]
    assert page.links("prev") == [f"{SITE}{address}"]
    assert page.links("next") == [f"{SITE}{address}?page=3"]
    assert page.graph["mainEntity"]["numberOfItems"] == 3
    [only] = page.graph["mainEntity"]["itemListElement"]
    assert only["position"] == 2
    assert in_header(client, f"{address}?page=2", "next") == [f"{SITE}{address}?page=3"]


@pytest.mark.parametrize(
    ("address", "formats"), [(CASES, FORMATS), (WORKS, ALL_FORMATS)]
)
def test_a_list_leads_to_this_very_set_in_every_format(client, address, formats):
    page = Page(client, f"{address}?country=FI&country=DE&page=1")
    query = "?country=DE&country=FI"
    alternates = page.links("alternate")
    for name in formats:
        assert f"{SITE}{address}export/{name}/{query}" in alternates
    assert f"{SITE}/feeds{address}{query}" in alternates
    assert f"{SITE}{address}schema.jsonld{query}" in alternates
    assert page.links("linkset") == [f"{SITE}{address}linkset.json{query}"]
    assert len(alternates) == len({*alternates}) == len(formats) + 5


def test_a_list_is_a_collection_of_its_records(client):
    InitiativeFactory(slug="weyhe", name="Streetwatchers", country="DE")
    InitiativeFactory(name="Hush-hush", country="DE", status="review")
    InitiativeFactory(name="Elsewhere", country="FI")
    page = Page(client, f"{CASES}?country=DE")
    assert page.og("type") == "website"
    assert page.og("title") == page.graph["name"] == "1 case in Germany"
    assert page.og("url") == page.graph["@id"] == f"{SITE}{CASES}?country=DE"
    assert page.graph["@type"] == "CollectionPage"
    assert page.graph["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert page.graph["isPartOf"]["@id"] == f"{SITE}/about/#dataset"
    [item] = page.graph["mainEntity"]["itemListElement"]
    assert item["name"] == "Streetwatchers"
    assert item["url"] == f"{SITE}{CASES}weyhe/"


def test_a_list_of_works_says_no_licence(client):
    ReferenceFactory(key="meyer-2014", title="Streets")
    graph = Page(client, WORKS).graph
    [item] = graph["mainEntity"]["itemListElement"]
    assert (item["name"], item["url"]) == ("Streets", f"{SITE}{WORKS}meyer-2014/")
    assert "license" not in graph
    assert in_header(client, WORKS, "license") == []


@pytest.mark.parametrize(
    ("address", "kind", "item"),
    [
        (CASES, "CollectionPage", f"{CASES}weyhe/"),
        (WORKS, "CollectionPage", f"{WORKS}meyer-2014/"),
        ("/barriers/", "DefinedTermSet", "/barriers/mistrust/"),
        ("/codebook/", "CollectionPage", "/barriers/"),
        ("/about/", "Dataset", f"{CASES}export/csv/"),
    ],
)
def test_every_list_has_links_in_its_header_and_a_set_of_them(
    client, address, kind, item
):
    InitiativeFactory(slug="weyhe")
    ReferenceFactory(key="meyer-2014")
    ConceptFactory(slug="mistrust")
    assert f"https://schema.org/{kind}" in in_header(client, address, "type")
    assert f"{SITE}{item}" in in_header(client, address, "item")
    [place] = in_header(client, address, "linkset")
    assert in_header(client, address, "describedby") == [
        f"{SITE}{address}schema.jsonld"
    ]
    answer = client.get(place)
    assert answer["Content-Type"] == "application/linkset+json"
    whole, *back = json.loads(answer.content)["linkset"]
    assert whole["anchor"] == f"{SITE}{address}"
    assert f"{SITE}{item}" in [link["href"] for link in whole["item"]]
    assert {"anchor": f"{SITE}{item}", "collection": [
        {"href": f"{SITE}{address}", "type": "text/html"}
    ]} in back  # fmt: skip
    graph = client.get(address, headers={"accept": "application/ld+json"})
    assert json.loads(graph.content) == Page(client, address).graph
    assert graph["Content-Location"] == f"{SITE}{address}schema.jsonld"
    assert client.get(f"{address}ris.ris").status_code == 404
    assert client.get(address, headers={"accept": "image/png"}).status_code == 406


@pytest.mark.parametrize("address", ["/", "/accessibility/"])
def test_other_pages_say_what_they_are(client, address):
    page = Page(client, address)
    assert page.links("canonical") == [page.og("url")] == [f"{SITE}{address}"]
    assert len(in_header(client, address, "type")) == 1
    assert in_header(client, address, "license")
    assert page.links("linkset") == []


def test_the_data_set_has_its_files(client):
    graph = Page(client, "/about/").graph
    files = {file["contentUrl"]: file for file in graph["distribution"]}
    assert files[f"{SITE}{CASES}export/csv/"]["encodingFormat"] == "text/csv"
    assert f"{SITE}{WORKS}export/bibtex/" in files
    assert all(client.head(address).status_code == 200 for address in files)
    assert in_header(client, "/about/", "cite-as") == [f"{SITE}/about/"]


def test_documents_describe_the_page_that_their_query_names(client):
    InitiativeFactory(slug="weyhe", country="DE")
    InitiativeFactory(slug="helsinki", country="FI")
    graph = client.get(f"{CASES}schema.jsonld?country=FI").json()
    assert [item["url"] for item in graph["mainEntity"]["itemListElement"]] == [
        f"{SITE}{CASES}helsinki/"
    ]


@pytest.mark.parametrize("address", [CASES, WORKS])
def test_a_refused_list_describes_nothing(client, address):
    page = client.get(f"{address}?country=XX")
    assert page.status_code == 400
    assert "Link" not in page
    assert "canonical" not in page.text
    assert client.get(f"{address}linkset.json?country=XX").status_code == 400


HOSTILE_QUERIES = [
    f"?q={quote(HOSTILE)}",
    "?q=%0D%0ASet-Cookie:%20a=b",
    "?q=%3E%3B%20rel%3Dcite-as%2C%20%3Chttps://evil.example/",
    f"?nonsense={quote(HOSTILE)}&%22%3E%3Cscript%3E=1",
    "?q=" + quote("ü" * 200),
    "?" + "&".join(f"country={code}" for code in ("DE", "FI", "FR", "GB") * 80),
]


@pytest.mark.parametrize("address", [CASES, WORKS])
@pytest.mark.parametrize("query", HOSTILE_QUERIES)
def test_no_query_says_more_than_it_may(client, address, query):
    answer = client.get(address + query)
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer
    assert len(answer["Link"]) <= MAX_HEADER_LENGTH
    known = {"type", "linkset", "describedby", "license", "alternate", "item"}
    assert {rel for rel, _, _ in links_in(answer["Link"])} <= known
    page = Page(client, address + query)
    assert all(script.get("src") or script.get("type") for script in page.all("script"))
    [link] = page.links("canonical")
    assert link.startswith(f"{SITE}{address}")
    asked = parse_qs(query.strip("?")).get("q", [""])[0]
    told = parse_qs(urlsplit(unescape(link)).query).get("q", [""])[0]
    assert told == asked.strip()


def test_headers_stay_short_where_there_is_much_to_say(client):
    case = InitiativeFactory(slug="c" * 80)
    for n in range(30):
        term = ConceptFactory(slug=f"{'t' * 70}{n}", label="L" * 100)
        FindingFactory(initiative=case, kind="barrier", concept=term)
        ReferenceFactory(key=f"{'k' * 110}{n}")
    # nginx takes 4 kB of all headers together.
    assert MAX_HEADER_LENGTH < 3_000
    terms = "&".join(f"barrier={'t' * 70}{n}" for n in range(30))
    for address in (f"{CASES}?{terms}", f"{WORKS}?{terms}", WORKS, "/barriers/"):
        answer = client.get(address)
        assert len(answer["Link"]) <= MAX_HEADER_LENGTH
        assert in_header(client, address, "type")
    assert len(client.get(f"{CASES}{'c' * 80}/")["Link"]) <= MAX_HEADER_LENGTH


@pytest.mark.parametrize("address", [CASES, WORKS])
def test_a_list_is_described_without_a_query_more(
    client, address, django_assert_max_num_queries
):
    def queries():
        with django_assert_max_num_queries(60) as captured:
            client.get(address)
        return len(captured)

    InitiativeFactory()
    ReferenceFactory()
    one = queries()
    InitiativeFactory.create_batch(9)
    ReferenceFactory.create_batch(9)
    assert queries() == one

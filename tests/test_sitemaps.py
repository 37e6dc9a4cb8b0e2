"""Sitemaps, held to the protocol and its schemas: https://www.sitemaps.org/protocol.html"""

import re
from datetime import date
from urllib.parse import urlsplit

import pytest
from lxml import etree

from casebase.site.sitemaps import SITEMAPS, RecordSitemap
from initiatives.models import Initiative
from initiatives.schemes import SCHEMES
from references.models import Reference
from tests.factories import (
    ConceptFactory,
    FindingFactory,
    InitiativeFactory,
    ReferenceFactory,
)

pytestmark = pytest.mark.django_db
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
HOST = "http://testserver"
# What its schemas let an address be: as xsd:anyURI, of so many signs.
ADDRESS = re.compile(r"[!-;=?-~]{12,2048}")
MOST_BYTES, MOST_ADDRESSES = 50_000_000, 50_000


def read(client, path):
    """Address and day of each entry, once the file has been found to be a sitemap."""
    answer = client.get(path)
    assert answer["Content-Type"] == "application/xml"
    assert len(answer.content) <= MOST_BYTES
    root = etree.fromstring(answer.content)
    kind = {"urlset": "url", "sitemapindex": "sitemap"}[root.tag.removeprefix(MAP)]
    assert 1 <= len(root) <= MOST_ADDRESSES
    assert {entry.tag for entry in root} == {f"{MAP}{kind}"}
    return [checked(entry) for entry in root]


def checked(entry):
    address, *days = entry
    assert address.tag == f"{MAP}loc"
    assert ADDRESS.fullmatch(address.text)
    assert urlsplit(address.text)[:2] == urlsplit(HOST)[:2]
    assert [day.tag for day in days] in ([], [f"{MAP}lastmod"])
    assert not any(len(part) or part.attrib for part in entry)
    return address.text, *(date.fromisoformat(day.text) for day in days)


def sections(client):
    """The entries of every sitemap that the index leads to."""
    return {
        address: read(client, address.removeprefix(HOST))
        for address, *_ in read(client, "/sitemap.xml")
    }


def test_every_public_page_is_named_once(client):
    case = InitiativeFactory(revised_on="2026-11-24")
    FindingFactory(initiative=case, kind="barrier")
    InitiativeFactory(slug="hidden", status="review")
    ConceptFactory(scheme="strategies")
    named = [
        address.removeprefix(HOST)
        for entries in sections(client).values()
        for address, *_ in entries
    ]
    assert len(named) == len(set(named)) == 6 + 2 + 1 + 2 + 1
    assert f"/initiatives/{case.slug}/" in named
    assert not [address for address in named if "hidden" in address]
    for address in named:
        assert client.get(address).status_code == 200


def test_the_index_leads_to_no_empty_sitemap(client):
    InitiativeFactory(status="review")
    assert list(sections(client)) == [f"{HOST}/sitemap-pages.xml"]
    ReferenceFactory()
    assert list(sections(client)) == [
        f"{HOST}/sitemap-pages.xml",
        f"{HOST}/sitemap-references.xml",
    ]


@pytest.mark.parametrize(
    "name",
    ["initiatives", "nonsense", "references.xml?p=2&", "references.xml?p=", "pages/"],
)
def test_what_is_no_sitemap_is_not_there(client, name):
    ReferenceFactory()
    assert client.get(f"/sitemap-{name}.xml").status_code == 404


def test_sitemaps_say_when_a_case_or_a_work_changed_last(client):
    InitiativeFactory(published_on="2026-11-25", revised_on="2026-11-24", slug="a")
    InitiativeFactory(slug="undated")
    ReferenceFactory(added_on="2026-11-01", revised_on="2026-11-02", key="b")
    assert dict(entry for entry in read(client, "/sitemap.xml") if entry[1:]) == {
        f"{HOST}/sitemap-initiatives.xml": date(2026, 11, 25),
        f"{HOST}/sitemap-references.xml": date(2026, 11, 2),
    }
    assert read(client, "/sitemap-initiatives.xml") == [
        (f"{HOST}/initiatives/a/", date(2026, 11, 25)),
        (f"{HOST}/initiatives/undated/",),
    ]
    [work] = read(client, "/sitemap-references.xml")
    assert work == (f"{HOST}/references/b/", date(2026, 11, 2))


def test_many_records_stand_in_several_sitemaps(client, monkeypatch):
    monkeypatch.setattr(RecordSitemap, "limit", 2)
    InitiativeFactory.create_batch(5)
    ReferenceFactory.create_batch(2)
    parts = sections(client)
    assert [address.removeprefix(HOST) for address in parts] == [
        "/sitemap-pages.xml",
        "/sitemap-initiatives.xml",
        "/sitemap-initiatives.xml?p=2",
        "/sitemap-initiatives.xml?p=3",
        "/sitemap-references.xml",
    ]
    named = [address for entries in parts.values() for address, *_ in entries]
    records = [*Initiative.objects.all(), *Reference.objects.all()]
    assert sorted(named[6:]) == sorted(
        f"{HOST}{record.get_absolute_url()}" for record in records
    )


@pytest.mark.parametrize("name", SITEMAPS)
def test_a_sitemap_is_two_queries_for_any_number(
    client, django_assert_max_num_queries, name
):
    """And one that looks whether anything has changed; none fetches whole records."""
    for scheme in SCHEMES:
        ConceptFactory(scheme=scheme)
    InitiativeFactory.create_batch(10)
    ReferenceFactory.create_batch(10)
    with django_assert_max_num_queries(3) as queries:
        assert len(read(client, f"/sitemap-{name}.xml")) >= 10
    sql = " ".join(query["sql"] for query in queries)
    assert not re.search("summary|title|definition", sql)

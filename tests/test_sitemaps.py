"""Sitemaps, checked by the protocol: https://www.sitemaps.org/protocol.html"""

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
# Addresses by the schema: an xsd:anyURI of 12 to 2,048 characters.
ADDRESS = re.compile(r"[!-;=?-~]{12,2048}")
MAX_BYTES, MAX_ADDRESSES = 50_000_000, 50_000


def read(client, path):
    """Return the address and the date of each entry, after checking the file."""
    answer = client.get(path)
    assert answer["Content-Type"] == "application/xml"
    assert len(answer.content) <= MAX_BYTES
    root = etree.fromstring(answer.content)
    kind = {"urlset": "url", "sitemapindex": "sitemap"}[root.tag.removeprefix(MAP)]
    assert 1 <= len(root) <= MAX_ADDRESSES
    assert {entry.tag for entry in root} == {f"{MAP}{kind}"}
    return [read_entry(entry) for entry in root]


def read_entry(entry):
    address, *days = entry
    assert address.tag == f"{MAP}loc"
    assert ADDRESS.fullmatch(address.text)
    assert urlsplit(address.text)[:2] == urlsplit(HOST)[:2]
    assert [day.tag for day in days] in ([], [f"{MAP}lastmod"])
    assert not any(len(part) or part.attrib for part in entry)
    return address.text, *(date.fromisoformat(day.text) for day in days)


def sections(client):
    """Return the address of each sitemap in the index → its entries."""
    return {
        address: read(client, address.removeprefix(HOST))
        for address, *_ in read(client, "/sitemap.xml")
    }


@pytest.mark.once
def test_every_public_page_is_listed_once(client):
    case = InitiativeFactory(revised_on="2026-11-24")
    FindingFactory(initiative=case, kind="barrier")
    InitiativeFactory(slug="hidden", status="review")
    ConceptFactory(scheme="strategies")
    named = [
        address.removeprefix(HOST)
        for entries in sections(client).values()
        for address, *_ in entries
    ]
    assert len(named) == len(set(named)) == 15 + 2 + 1 + 2 + 1
    assert f"/initiatives/{case.slug}/" in named
    assert not [address for address in named if "hidden" in address]
    for address in named:
        assert client.get(address).status_code == 200


def test_the_index_lists_no_empty_sitemap(client):
    InitiativeFactory(status="review")
    assert list(sections(client)) == [f"{HOST}/sitemap-pages.xml"]
    ReferenceFactory()
    assert list(sections(client)) == [
        f"{HOST}/sitemap-pages.xml",
        f"{HOST}/sitemap-references.xml",
    ]


@pytest.mark.once
@pytest.mark.parametrize(
    "name",
    ["initiatives", "nonsense", "references.xml?p=2&", "references.xml?p=", "pages/"],
)
def test_other_sitemaps_get_404(client, name):
    ReferenceFactory()
    assert client.get(f"/sitemap-{name}.xml").status_code == 404


def test_sitemaps_have_dates_of_cases_and_works(client):
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


def test_many_records_are_split_into_several_sitemaps(client, monkeypatch):
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
    assert sorted(named[15:]) == sorted(
        f"{HOST}{record.get_absolute_url()}" for record in records
    )


@pytest.mark.once
@pytest.mark.parametrize("name", SITEMAPS)
def test_a_sitemap_needs_three_queries_for_any_number_of_records(
    client, django_assert_max_num_queries, name
):
    """One of them reads the version of the records. None reads long texts."""
    for scheme in SCHEMES:
        ConceptFactory(scheme=scheme)
    InitiativeFactory.create_batch(10)
    ReferenceFactory.create_batch(10)
    with django_assert_max_num_queries(3) as queries:
        assert len(read(client, f"/sitemap-{name}.xml")) >= 10
    sql = " ".join(query["sql"] for query in queries)
    assert not re.search("summary|title|definition", sql)

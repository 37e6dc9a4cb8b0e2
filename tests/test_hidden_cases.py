"""Cases that are not public change nothing that readers see."""

import re

import pytest

from initiatives.models import Initiative
from tests.factories import (
    ConceptFactory,
    ConflictFactory,
    FindingFactory,
    InitiativeFactory,
    ReferenceFactory,
    SourceFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]
FIELDS = {"country": "JP", "latitude": 35, "longitude": 135, "settlement": "city"}
# What counts, compares, draws or lists cases and their findings.
ADDRESSES = [
    *("/", "/about/evidence/", "/barriers/", "/barriers/mistrust/", "/codebook/"),
    *("/strategies/dialogue/", "/initiatives/", "/initiatives/open/", "/findings/"),
    *("/map/", "/map/?country=JP", "/references/", "/references/work/"),
    *("/matrix/", "/matrix/?rows=country&columns=settlement&empty=1&gaps=1"),
    "/matrix/?rows=barrier&columns=service-area&meet=side-by-side",
    *("/similar/?case=open", "/similar/?barrier=mistrust&country=JP"),
    *("/compare/", "/compare/?case=open&case=other", "/compare/suggestions/?q=case"),
    *("/search/?q=mistrust", "/search/suggestions/?q=dra", "/card.png"),
    *("/initiatives/open/card.png", "/initiatives/open/schema.jsonld"),
    *("/feeds/initiatives/", "/feeds/findings/", "/feeds/references/"),
    *("/sitemap.xml", "/sitemap-initiatives.xml", "/sitemap-references.xml"),
    *("/initiatives/export/json/", "/findings/export/csv/", "/findings/export/json/"),
    *("/matrix/export/csv/", "/compare/export/csv/?case=open&case=other"),
    "/references/export/csl-json/",
]
# Some of those that one more public case changes.
CHANGING = {"/", "/findings/", "/matrix/", "/map/", "/similar/?case=open", "/card.png"}
# When a feed or a file was made.
TIME = re.compile(rb"\d{4}-\d\d-\d\dT[\d:.]+(Z|\+00:00)")


@pytest.fixture
def told():
    """Return a function that adds a case with a statement on a barrier."""
    barrier = ConceptFactory(slug="mistrust", scheme="barriers", label="Mistrust")
    strategy = ConceptFactory(slug="dialogue", scheme="strategies", label="Dialogue")
    work = ReferenceFactory(key="work")

    def tell(slug, **fields):
        case = InitiativeFactory(slug=slug, name=f"Case {slug}", **(FIELDS | fields))
        fields = {"kind": "barrier", "concept": barrier, "strategies": [strategy]}
        fields |= {"response": "They met.", "direction": "helped", "sources": 0}
        finding = FindingFactory(initiative=case, **fields)
        SourceFactory(finding=finding, reference=work)
        SourceFactory(
            conflict=ConflictFactory(initiative=case), finding=None, reference=work
        )
        return case, finding

    tell("open")
    tell("other", country="DE")
    return tell


def read_all(client):
    return {address: read(client, address) for address in ADDRESSES}


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return TIME.sub(b"", response.getvalue())


def test_they_are_in_no_count_rarity_list_map_file_or_picture(client, told):
    before = read_all(client)
    for status in ("draft", "review", "withdrawn"):
        told(status, country="FR", status=status, status_note="Staff alone.")
    after = read_all(client)
    assert [each for each in ADDRESSES if after[each] != before[each]] == []
    # The comparison is able to fail.
    Initiative.objects.filter(slug="draft").update(status="published")
    published = read_all(client)
    assert {each for each in ADDRESSES if published[each] != before[each]} > CHANGING


@pytest.mark.parametrize("status", ["draft", "review"])
@pytest.mark.parametrize(
    "address",
    [
        *("/initiatives/{}/", "/initiatives/{}/card.png", "/initiatives/{}/cite/"),
        *("/initiatives/{}/history/", "/compare/?case={}&case=open"),
        *("/similar/?case={}", "/references/?cited={}", "/findings/?case={}"),
    ],
)
def test_its_addresses_answer_as_if_it_were_not_there(client, told, status, address):
    told("secret", status=status)
    hidden, unknown = (
        client.get(address.format(slug)) for slug in ("secret", "nobody")
    )
    assert hidden.status_code == unknown.status_code
    assert hidden.text.replace("secret", "nobody") == unknown.text


def test_a_statement_of_a_draft_answers_as_if_it_were_not_there(client, told):
    _, finding = told("secret", status="draft")
    for rest in ("", "cite/", "cite/bibtex/"):
        assert client.get(f"/findings/{finding.short_id}/{rest}").status_code == 404

"""Data for machines on the pages of records."""

import re

import pytest

from tests.factories import (
    ConceptFactory,
    ConflictFactory,
    ContributionFactory,
    DocumentationFactory,
    FindingFactory,
    InitiativeFactory,
    ReferenceFactory,
    SourceFactory,
)
from tests.metadata.html_page import Page
from tests.metadata.links import HOSTILE

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def weyhe():
    return InitiativeFactory(slug="weyhe", name="Streetwatchers", summary="At night.")


def test_a_work_is_the_one_item_of_its_page(client):
    star = ReferenceFactory(key="loeffler-2015", title="The star", issued_year=2015)
    ContributionFactory(reference=star, person__family="Loeffler", person__given="E.")
    page = Page(client, "/references/loeffler-2015/")
    address = "http://testserver/references/loeffler-2015/"
    assert page.items == ["The star"]
    assert page.meta("citation_title") == ["The star"]
    assert page.meta("citation_author") == ["Loeffler, E."]
    assert page.meta("DC.date") == ["2015"]
    assert page.links("canonical") == [page.og("url")] == [address]
    assert page.og("title") == "The star"
    assert page.graph["@id"] == address
    assert f"{address}ris.ris" in page.links("alternate")
    assert page.links("linkset") == [f"{address}linkset.json"]


def test_a_list_of_works_has_all_of_them_to_pick_from(client):
    for title in ("The sun", "The moon"):
        ReferenceFactory(title=title)
    assert set(Page(client, "/references/").items) == {"The sun", "The moon"}


def test_a_list_of_cases_has_all_of_them_to_pick_from(client, weyhe):
    InitiativeFactory(name="Hush-hush", status="review")
    page = Page(client, "/initiatives/")
    assert page.items == ["Streetwatchers"]
    assert "http%3A%2F%2Ftestserver%2Finitiatives%2Fweyhe%2F" in page.text


def test_a_case_stands_before_its_sources(client, weyhe):
    finding = FindingFactory(initiative=weyhe, sources=0)
    SourceFactory(finding=finding, reference__title="The star")
    DocumentationFactory(initiative=weyhe, reference__title="Unread")
    page = Page(client, "/initiatives/weyhe/")
    assert page.items == ["Streetwatchers", "The star", "Unread"]
    cited = [work["name"] for work in page.graph["citation"]]
    assert cited == ["The star", "Unread"]
    assert page.og("description") == "At night."


def test_a_term_stands_before_the_works_of_its_page(client, weyhe):
    said = {"synonyms": ["Suspicion", "No faith"], "scope_note": "When so."}
    term = ConceptFactory(slug="mistrust", label="Mistrust", **said)
    star = SourceFactory(concept=term, reference__title="The star").reference
    finding = FindingFactory(initiative=weyhe, kind="barrier", concept=term, sources=0)
    SourceFactory(finding=finding, reference=star)
    SourceFactory(finding=finding, reference__title="The sun")
    hidden = InitiativeFactory(name="Hush-hush", status="review")
    secret = FindingFactory(initiative=hidden, kind="barrier", concept=term, sources=0)
    SourceFactory(finding=secret, reference__title="A secret")
    page = Page(client, "/barriers/mistrust/")
    assert page.items == ["Mistrust", "The star", "The sun"]
    assert page.graph["@type"] == "DefinedTerm"
    assert page.graph["inDefinedTermSet"]["@id"] == "http://testserver/barriers/"
    assert page.graph["disambiguatingDescription"] == "When so."
    assert page.graph["alternateName"] == ["Suspicion", "No faith"]
    assert [case["name"] for case in page.graph["subjectOf"]] == ["Streetwatchers"]
    (cited,) = page.graph["mainEntityOfPage"]["citation"]
    assert cited["name"] == "The star"
    assert "Hush-hush" not in page.text
    assert "secret" not in page.text


def test_a_scheme_is_a_set_of_its_terms(client):
    term = ConceptFactory(slug="mistrust", label="Mistrust")
    SourceFactory(scheme=term.scheme, reference__title="The star")
    graph = Page(client, "/barriers/").graph
    assert graph["@type"] == "DefinedTermSet"
    assert [one["name"] for one in graph["hasDefinedTerm"]] == ["Mistrust"]
    assert [work["name"] for work in graph["citation"]] == ["The star"]


@pytest.mark.parametrize("address", ["/", "/about/"])
def test_the_whole_is_a_dataset(client, weyhe, address):
    graph = Page(client, address).graph
    assert graph["@type"] == "Dataset"
    assert graph["@id"] == "http://testserver/about/#dataset"
    assert graph["name"] == "Casebase"
    assert 50 <= len(graph["description"]) <= 5000
    assert graph["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert graph["creator"]["name"] == "Casebase"


def hostile_pages():
    work = ReferenceFactory(
        key="x-2020", title=HOSTILE, url=f"https://example.org/{HOSTILE}", note=HOSTILE
    )
    ContributionFactory(reference=work, person__family=HOSTILE)
    case = InitiativeFactory(slug="x", name=HOSTILE, summary=HOSTILE, locality=HOSTILE)
    term = ConceptFactory(slug="x", label=HOSTILE, definition=HOSTILE)
    finding = FindingFactory(initiative=case, kind="barrier", concept=term, sources=0)
    SourceFactory(finding=finding, reference=work)
    return ["/references/x-2020/", "/initiatives/x/", "/barriers/x/", "/barriers/"]


def test_hostile_texts_stay_texts(client):
    for address in hostile_pages():
        page = Page(client, address)
        assert HOSTILE in texts_in(page.graph)
        block = re.search(r"ld\+json\">(.*?)</script>", page.text, re.DOTALL)[1]
        assert not set(block) & set("<>&")
        assert all(s.get("src") or s.get("type") for s in page.all("script"))
        if address != "/barriers/":
            assert page.items[0] == HOSTILE
            assert page.meta("citation_title") == [HOSTILE]


def texts_in(value):
    match value:
        case dict():
            for one in value.values():
                yield from texts_in(one)
        case list():
            for one in value:
                yield from texts_in(one)
        case str():
            yield value


def fill(case, n):
    for finding in FindingFactory.create_batch(n, initiative=case, kind="barrier"):
        SourceFactory(finding=finding)
    for conflict in ConflictFactory.create_batch(n, initiative=case):
        SourceFactory(conflict=conflict)
    DocumentationFactory.create_batch(n, initiative=case)


@pytest.mark.parametrize("name", ["csl.json", "ris.ris", "linkset.json"])
def test_as_many_queries_for_one_work_as_for_ten(
    client, weyhe, name, django_assert_max_num_queries
):
    address = f"/initiatives/weyhe/{name}"
    fill(weyhe, 1)
    with django_assert_max_num_queries(25) as one:
        client.get(address)
    fill(weyhe, 9)
    with django_assert_max_num_queries(len(one)):
        client.get(address)

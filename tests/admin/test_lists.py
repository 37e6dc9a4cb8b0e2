"""The desk: lists, and the pages of terms, organisations, tags and single findings."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains
from taggit.models import Tag

from casebase.change_tracking.transactions import tracked_transaction
from initiatives.models import PROXIES, Concept, Finding, Initiative, Organisation
from tests.desk import Curator, count_queries, listed_records
from tests.factories import (
    ConceptFactory,
    ConflictFactory,
    DocumentationFactory,
    FindingFactory,
    InitiativeFactory,
    InvolvementFactory,
    OrganisationFactory,
    ReferenceFactory,
    SchemeFactory,
    SourceFactory,
)
from tests.group_members import CodebookKeeper

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def curator():
    return Curator()


@pytest.fixture
def keeper():
    return CodebookKeeper()


def whole_case(n):
    case = InitiativeFactory(service_areas=[ConceptFactory(scheme="service-areas")])
    for _ in range(n):
        strategies = [ConceptFactory(scheme="strategies")]
        coded = {"kind": "barrier", "sources": 2, "strategies": strategies}
        FindingFactory(initiative=case, **coded)
        SourceFactory(conflict=ConflictFactory(initiative=case))
        InvolvementFactory(initiative=case)
        DocumentationFactory(initiative=case)
    return case


def test_ten_findings_take_as_many_queries_as_one(curator):
    with tracked_transaction():
        small, large = whole_case(1), whole_case(10)
    few = (
        count_queries(lambda: curator.open(small)),
        count_queries(lambda: curator.change(small, {})),
    )
    assert count_queries(lambda: curator.open(large)) == few[0]
    assert count_queries(lambda: curator.change(large, {})) == few[1]


@pytest.mark.parametrize(
    ("model", "add"),
    [
        (Initiative, lambda: FindingFactory(sources=2)),
        (Finding, lambda: FindingFactory(kind="barrier")),
        (Organisation, InvolvementFactory),
        (PROXIES["barriers"], lambda: FindingFactory(kind="barrier")),
        (Tag, lambda: InitiativeFactory(tags=["water"])),
    ],
)
def test_ten_records_take_as_many_queries_as_one(curator, model, add):
    add()
    few = count_queries(lambda: curator.list(model))
    for _ in range(9):
        add()
    assert count_queries(lambda: curator.list(model)) == few


def test_cases_can_be_searched_and_filtered(curator):
    weyhe = InitiativeFactory(name="Streetwatchers", locality="Weyhe")
    surrey = InitiativeFactory(locality="Surrey", country="GB", status="draft")
    assert listed_records(curator.list(Initiative, q="weyhe")) == [weyhe]
    assert listed_records(curator.list(Initiative, country="GB")) == [surrey]
    assert listed_records(curator.list(Initiative, status__exact="draft")) == [surrey]


def test_only_countries_that_have_cases_are_offered(curator):
    InitiativeFactory(country="FI")
    assertContains(curator.list(Initiative), "Finland")
    assertNotContains(curator.list(Initiative), "Kenya")


def test_the_list_counts_findings_and_those_without_source(curator):
    case = InitiativeFactory(status="draft")
    FindingFactory(initiative=case, sources=2)
    FindingFactory(initiative=case, sources=0)
    [row] = listed_records(curator.list(Initiative))
    assert (row.n_findings, row.n_unsourced) == (2, 1)


def test_findings_can_be_searched(curator):
    finding = FindingFactory(statement="Costs fell by a third.")
    FindingFactory()
    assert listed_records(curator.list(Finding, q="costs third")) == [finding]


@pytest.mark.parametrize("scheme", PROXIES)
def test_a_scheme_lists_its_own_terms_with_their_cases(curator, scheme):
    term, case = ConceptFactory(scheme=scheme), InitiativeFactory()
    other = ConceptFactory(scheme="risks" if scheme == "barriers" else "barriers")
    if scheme == "service-areas":
        case.service_areas.add(term)
    elif scheme == "strategies":
        FindingFactory.create_batch(2, initiative=case, strategies=[term])
    else:
        kind = term.words.parameter
        FindingFactory.create_batch(2, initiative=case, kind=kind, concept=term)
    assert [(each, each.n_cases) for each in listed_records(curator.list(term))] == [
        (term, 1)
    ]
    assert other not in listed_records(curator.list(term))


def test_a_new_term_belongs_to_its_scheme(keeper):
    SchemeFactory(slug="risks")
    fields = {"label": "Harm", "slug": "harm", "definition": "Harm to people."}
    keeper.add(PROXIES["risks"], fields)
    assert Concept.objects.get().scheme_id == "risks"


def test_a_term_is_not_entered_twice(keeper):
    term = ConceptFactory(slug="mistrust")
    fields = {"label": "Mistrust", "slug": "mistrust", "definition": "Fear."}
    response = keeper.add(type(term), fields)
    errors = response.context["adminform"].form.errors
    assert errors.keys() == {"slug"}


def test_a_scheme_can_not_be_changed_by_the_form(curator):
    term = ConceptFactory(scheme="barriers")
    SchemeFactory(slug="risks")
    curator.change(term, {"scheme": "risks"})
    term.refresh_from_db()
    assert term.scheme_id == "barriers"


def test_broader_terms_are_of_the_same_scheme(curator):
    ConceptFactory(scheme="risks", label="Loss of control")
    term = ConceptFactory(scheme="barriers", label="Mistrust")
    assertContains(curator.open(term), "Mistrust")
    assertNotContains(curator.open(term), "Loss of control")


def test_only_change_steps_show_actions(curator):
    assertContains(curator.open(ConceptFactory(scheme="change-steps")), "Actions")
    assertNotContains(curator.open(ConceptFactory(scheme="barriers")), "Actions")


def test_a_term_is_renamed_and_sourced(keeper):
    term, work = ConceptFactory(slug="distrust"), ReferenceFactory()
    fields = {
        "slug": "mistrust",
        "sources-TOTAL_FORMS": 1,
        "sources-0-reference": work.pk,
        "sources-0-via": "secondary",
        "sources-0-position": 0,
    }
    assert keeper.change(term, fields).status_code == 302
    assert [former.slug for former in term.former_slugs.all()] == ["distrust"]
    assert [source.reference for source in term.sources.all()] == [work]


def test_schemes_can_be_described_but_not_added(keeper):
    scheme = SchemeFactory()
    keeper.change(scheme, {"description": "What gets in the way."})
    scheme.refresh_from_db()
    assert scheme.description == "What gets in the way."
    added = reverse("admin:initiatives_scheme_add")
    assert keeper.client.get(added).status_code == 403


def test_strategies_are_offered_on_findings_and_other_terms_are_not(curator):
    ConceptFactory(scheme="barriers", label="Trust is missing")
    ConceptFactory(scheme="strategies", label="Trust is built")
    query = {"app_label": "initiatives", "model_name": "finding", "term": "trust"}
    found = curator.client.get(
        reverse("admin:autocomplete"), query | {"field_name": "strategies"}
    )
    assert [each["text"] for each in found.json()["results"]] == ["Trust is built"]


def test_a_finding_is_corrected_on_a_page_of_its_own(curator):
    finding = FindingFactory()
    assert curator.change(finding, {"statement": "New words."}).status_code == 302
    finding.refresh_from_db()
    assert finding.statement == "New words."


def test_a_finding_is_added_on_a_page_of_its_own(curator):
    case, work = InitiativeFactory(), ReferenceFactory()
    fields = {
        "initiative": case.pk,
        "kind": "outcome",
        "statement": "Neighbours feel safer.",
        "direction": "helped",
        "sources-0-reference": work.pk,
        "sources-0-via": "primary",
    }
    assert curator.add(Finding, fields).status_code == 302
    assert [source.reference for source in case.findings.get().sources.all()] == [work]


def test_the_page_of_a_finding_keeps_its_last_source_too(curator):
    finding = FindingFactory()
    response = curator.change(finding, {"sources-0-DELETE": "on"})
    assertContains(response, "A published case shows the source of every finding")
    assert finding.sources.count() == 1


def test_an_organisation_shows_its_cases(curator):
    case, organisation = InitiativeFactory(), OrganisationFactory()
    fields = {
        "involvements-TOTAL_FORMS": 1,
        "involvements-0-initiative": case.pk,
        "involvements-0-role": "funder",
    }
    curator.change(organisation, fields)
    assert list(case.organisations.all()) == [organisation]


@pytest.mark.parametrize(
    ("status", "is_reachable"),
    [("draft", False), ("review", False), ("published", True), ("withdrawn", True)],
)
def test_public_records_link_to_their_page(curator, status, is_reachable):
    case = InitiativeFactory(slug="weyhe", status=status, status_note="Why.")
    address = 'href="/initiatives/weyhe/'
    assert (f'{address}"' in curator.open(case).text) == is_reachable
    assert (f"{address}preview/" in curator.open(case).text) == (status != "published")
    assert (f"{address}#" in curator.open(FindingFactory(initiative=case)).text) == (
        status == "published"
    )


def test_tags_lead_to_their_cases(curator):
    InitiativeFactory(tags=["time banking"])
    [tag] = listed_records(curator.list(Tag))
    assert tag.n_cases == 1
    assertContains(curator.open(tag), "/initiatives/?tag=time-banking")

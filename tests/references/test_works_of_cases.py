"""Tests of the list of works that a set of cases cites."""

import pytest
from pytest_django.asserts import assertContains

from casebase.change_tracking.transactions import update_derived_data
from tests.factories import (
    ConceptFactory,
    ConflictFactory,
    FindingFactory,
    InitiativeFactory,
    ReferenceFactory,
    SourceFactory,
)
from tests.once import once

pytestmark = pytest.mark.django_db


@pytest.fixture
def mistrust():
    return ConceptFactory(slug="mistrust", label="Mistrust")


def works(client, query):
    return set(client.get(f"/references/?{query}").context["page"].object_list)


def case_that_met(concept, **fields):
    finding = FindingFactory(kind="barrier", concept=concept, sources=0, **fields)
    outcome = FindingFactory(initiative=finding.initiative, sources=0)
    return SourceFactory(finding=finding), SourceFactory(finding=outcome)


def test_all_works_of_the_cases_are_listed_once(client, mistrust):
    barrier, outcome = case_that_met(mistrust, initiative__country="FI")
    SourceFactory(finding=outcome.finding, reference=barrier.reference)
    case_that_met(ConceptFactory())
    page = client.get("/references/?barrier=mistrust&country=FI")
    shown = page.context["page"].object_list
    assert sorted(w.pk for w in shown) == sorted(
        {barrier.reference_id, outcome.reference_id}
    )
    said = "2 works behind 1 case that met the barrier <em>“Mistrust”</em>"
    assertContains(page, f"{said}, in <em>Finland</em>")


def test_works_of_conflicts_are_included(client):
    conflict = ConflictFactory(initiative=InitiativeFactory(country="FI"))
    source = SourceFactory(conflict=conflict)
    assert works(client, "country=FI") == {source.reference}


def test_filters_of_works_narrow_them(client, mistrust):
    barrier, outcome = case_that_met(mistrust)
    outcome.reference.issued_year = 2015
    outcome.reference.save()
    assert works(client, "barrier=mistrust&from=2010") == {outcome.reference}
    assert works(client, "barrier=mistrust&kind=barrier") == {barrier.reference}
    page = client.get("/references/?barrier=mistrust&kind=barrier&kind=risk")
    words = "met the barrier <em>“Mistrust”</em>, cited for <em>barrier</em> or"
    assertContains(page, f"{words} <em>risk</em>")


def test_a_kind_counts_only_within_these_cases(client, mistrust):
    _, outcome = case_that_met(mistrust)
    elsewhere = FindingFactory(kind="risk", sources=0)
    SourceFactory(finding=elsewhere, reference=outcome.reference)
    assert works(client, "kind=risk") == {outcome.reference}
    assert works(client, "barrier=mistrust&kind=risk") == set()
    facets = client.get("/references/?barrier=mistrust").context["filter"].facets
    kinds = next(facet for facet in facets if facet.name == "kind")
    assert {o.value: o.count for o in kinds.options} == {"barrier": 1, "outcome": 1}


def test_words_and_years_of_cases_have_their_own_parameters(client):
    case = InitiativeFactory(name="Timebank", start_year=2009)
    source = SourceFactory(finding=FindingFactory(initiative=case, sources=0))
    FindingFactory()
    update_derived_data()
    query = "case-q=timebank&case-to=2009&case-from=2009"
    assert works(client, query) == {source.reference}
    page = client.get("/initiatives/?q=timebank&from=2009&to=2009")
    assert page.context["filter"].works_query == f"?{query}"
    assertContains(page, f'href="/references/?{query.replace("&", "&amp;")}"')


@pytest.mark.once
def test_chips_of_the_cases_can_be_removed_one_by_one(client, mistrust):
    case_that_met(mistrust)
    page = client.get("/references/?barrier=mistrust&case-from=1990&type=report")
    assert {c.label: c.query for c in page.context["filter"].chips} == {
        "Mistrust": "?case-from=1990&type=report",
        "begun in 1990 or later": "?barrier=mistrust&type=report",
        "Report": "?barrier=mistrust&case-from=1990",
    }


@pytest.mark.once
def test_the_form_has_hidden_fields_for_the_cases(client, mistrust):
    page = client.get("/references/?barrier=mistrust&case-q=x")
    assertContains(page, '<input type="hidden" name="barrier" value="mistrust">')
    assertContains(page, '<input type="hidden" name="case-q" value="x">')


@pytest.mark.once
@pytest.mark.parametrize(
    "query", ["barrier=nonsense", "country=XX", "case-from=abcd", "kind=x", "tag=%00"]
)
def test_invalid_values_are_errors(client, query):
    ReferenceFactory(title="Shown nowhere")
    page = client.get(f"/references/?{query}")
    assert page.status_code == 400
    assert list(page.context["page"]) == []
    assert len(page.context["filter"].validation_errors) == 1


@pytest.mark.parametrize("status", ["draft", *once("review", "withdrawn")])
def test_unpublished_cases_have_no_works(client, mistrust, status):
    hidden = InitiativeFactory(status=status, status_note="Why.", country="FI")
    case_that_met(mistrust, initiative=hidden)
    for query in ("country=FI", "barrier=mistrust", "kind=barrier"):
        assert works(client, query) == set()


def test_the_works_behind_findings_are_listed_with_their_cases(client, mistrust):
    saving = FindingFactory(kind="saving", figure_value=3, figure_unit="EUR")
    work = saving.sources.get().reference
    FindingFactory(kind="saving")
    page = client.get("/references/?finding-kind=saving&finding-figure=1")
    assert list(page.context["page"]) == [work]
    [found] = page.context["page"]
    assert found.citing == [(saving.initiative, 1)]
    kinds = next(f for f in page.context["filter"].facets if f.name == "kind")
    assert [(o.value, o.count) for o in kinds.options if o.count] == [("saving", 1)]

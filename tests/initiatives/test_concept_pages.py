"""The pages of schemes, of terms and of the codebook."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from initiatives.schemes import SCHEMES
from tests.factories import (
    ConceptFactory,
    FindingFactory,
    FormerSlugFactory,
    InitiativeFactory,
    SourceFactory,
)
from tests.once import once

pytestmark = pytest.mark.django_db


@pytest.mark.once
@pytest.mark.parametrize("words", SCHEMES.values(), ids=SCHEMES)
def test_the_pages_of_a_scheme_use_its_names(client, words):
    concept = ConceptFactory(scheme=words.slug, label="Some term")
    page = client.get(f"/{words.slug}/")
    assertContains(page, f"<h1>{words.title}</h1>")
    assertContains(page, "Some term")
    assertContains(page, "0 cases")
    own = client.get(concept.get_absolute_url())
    assertContains(own, words.singular.capitalize())
    assertContains(own, f"None of the published cases shows this {words.singular}")
    assertNotContains(own, "concept")


@pytest.mark.once
def test_a_scheme_that_is_unknown_or_not_loaded_is_not_found(client):
    assert client.get("/barriers/").status_code == 404
    assert client.get("/feelings/").status_code == 404


@pytest.mark.once
def test_a_term_shows_its_texts_and_sources(client):
    concept = ConceptFactory(
        slug="mistrust",
        synonyms=["Lack of trust"],
        definition="Neither side dares the first step.",
        scope_note="Not for shame.",
        questions=["Who is trusted by both?"],
    )
    SourceFactory(concept=concept, locator="Abstract")
    page = client.get("/barriers/mistrust/")
    for words in (
        "Lack of trust",
        "Neither side dares the first step.",
        "Not for shame.",
        "Who is trusted by both?",
        "Abstract",
    ):
        assertContains(page, words)


@pytest.mark.once
def test_a_change_step_shows_its_actions_and_outputs(client):
    ConceptFactory(
        scheme="change-steps", slug="map-it", actions=["Ask teams"], outputs=["A map"]
    )
    page = client.get("/change-steps/map-it/")
    assertContains(page, "Ask teams")
    assertContains(page, "A map")


def test_responses_are_grouped_by_strategy_with_results(client):
    mistrust = ConceptFactory(slug="mistrust")
    talk = ConceptFactory(scheme="strategies", label="Open dialogue")
    coded = {"kind": "barrier", "concept": mistrust}
    answered = FindingFactory(
        **coded, response="Talks.", strategies=[talk.pk], direction="helped"
    )
    unanswered = FindingFactory(**coded)
    page = client.get("/barriers/mistrust/")
    groups = page.context["page"].by_strategy
    assert [(str(strategy), findings) for strategy, findings in groups] == [
        ("Open dialogue", [answered]),
        ("None", [unanswered]),
    ]
    assertContains(page, "Helped: 1")
    assertContains(page, "Not reported: 1")
    assertContains(
        page, f"/initiatives/{answered.initiative.slug}/#{answered.short_id}"
    )


def test_a_strategy_shows_the_responses_that_used_it(client):
    talk = ConceptFactory(scheme="strategies", slug="talk")
    finding = FindingFactory(kind="risk", response="Talks.", strategies=[talk.pk])
    page = client.get("/strategies/talk/")
    assert page.context["page"].findings == [finding]
    assertContains(page, "1 case")


def test_a_service_area_shows_cases_of_narrower_areas_too(client):
    health = ConceptFactory(scheme="service-areas", slug="health")
    mental = ConceptFactory(scheme="service-areas", label="Mental", broader=health)
    case = InitiativeFactory(service_areas=[mental.pk])
    page = client.get("/service-areas/health/")
    assert page.context["page"].initiatives == [case]
    assert page.context["page"].narrower == [(mental, 1)]


def test_terms_on_the_same_cases_are_related(client):
    case, other = InitiativeFactory.create_batch(2)
    mistrust = ConceptFactory(slug="mistrust")
    near, far = ConceptFactory.create_batch(2, scheme="motivations")
    for initiative in (case, other):
        FindingFactory(initiative=initiative, kind="barrier", concept=mistrust)
        FindingFactory(initiative=initiative, kind="motivation", concept=near)
    FindingFactory(initiative=case, kind="motivation", concept=far)
    page = client.get("/barriers/mistrust/")
    assert page.context["page"].related == [(near, 2)]


@pytest.mark.parametrize("status", ["draft", *once("review", "withdrawn")])
def test_unpublished_cases_are_neither_shown_nor_counted(client, status):
    mistrust = ConceptFactory(slug="mistrust")
    FindingFactory(
        kind="barrier",
        concept=mistrust,
        statement="Hidden words.",
        initiative=InitiativeFactory(status=status, status_note="Why."),
    )
    for address in ("/barriers/mistrust/", "/barriers/", "/codebook/", "/"):
        page = client.get(address)
        assertNotContains(page, "Hidden words.")
        assertNotContains(page, "1 case")


@pytest.mark.once
def test_the_address_of_a_renamed_term_redirects(client):
    concept = ConceptFactory(slug="mistrust")
    FormerSlugFactory(concept=concept, slug="distrust")
    page = client.get("/barriers/distrust/")
    assertRedirects(page, "/barriers/mistrust/", status_code=301)
    assert client.get("/risks/distrust/").status_code == 404


@pytest.mark.once
def test_the_codebook_has_every_term_on_one_page(client):
    terms = [ConceptFactory(scheme=slug) for slug in SCHEMES]
    page = client.get("/codebook/")
    for concept in terms:
        assertContains(page, f'href="{concept.get_absolute_url()}"')


def fill(concept, n):
    strategy = ConceptFactory(scheme="strategies")
    for finding in FindingFactory.create_batch(
        n, kind="barrier", concept=concept, response="So."
    ):
        finding.strategies.add(strategy.pk)


@pytest.mark.once
@pytest.mark.parametrize("address", ["/barriers/mistrust/", "/barriers/", "/codebook/"])
def test_many_cases_need_no_more_queries_than_one(
    client, address, django_assert_max_num_queries
):
    concept = ConceptFactory(slug="mistrust")
    fill(concept, 1)
    with django_assert_max_num_queries(40) as one:
        client.get(address)
    fill(concept, 12)
    with django_assert_max_num_queries(len(one)):
        client.get(address)

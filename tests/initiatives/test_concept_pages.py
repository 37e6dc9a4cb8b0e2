"""The pages of schemes, of terms and of the codebook."""

import re

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

pytestmark = [pytest.mark.django_db, pytest.mark.once]


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
def test_a_scope_note_leads_to_the_terms_that_it_names(client):
    stigma = ConceptFactory(slug="stigma", label="Stigma & shame")
    note = "Not for “Stigma & shame”, nor for “something <b>else</b>”."
    ConceptFactory(slug="mistrust", scope_note=note)
    page = client.get("/barriers/mistrust/").content.decode()
    link = f'<a href="{stigma.get_absolute_url()}">Stigma &amp; shame</a>'
    assert f"Not for “{link}”, nor for “something &lt;b&gt;else&lt;/b&gt;”." in page


@pytest.mark.once
def test_a_change_step_shows_its_actions_and_outputs(client):
    ConceptFactory(
        scheme="change-steps", slug="map-it", actions=["Ask teams"], outputs=["A map"]
    )
    page = client.get("/change-steps/map-it/")
    assertContains(page, "Ask teams")
    assertContains(page, "A map")


@pytest.fixture
def mistrust():
    """Return a barrier with statements on three cases, one of which is answered."""
    barrier = ConceptFactory(slug="mistrust", label="Mistrust")
    talk, visits = (
        ConceptFactory(scheme="strategies", slug=slug, label=slug.capitalize())
        for slug in ("talks", "visits")
    )
    coded = {"kind": "barrier", "concept": barrier}
    case = InitiativeFactory(slug="aa", name="A")
    FindingFactory(initiative=case, **coded, strategies=[visits.pk])
    FindingFactory(
        initiative=InitiativeFactory(slug="bb", name="B"),
        **coded,
        response="They met.",
        strategies=[talk.pk, visits.pk],
        direction="helped",
    )
    FindingFactory(initiative=InitiativeFactory(slug="cc", name="C"), **coded)
    return barrier


def text_of(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def test_a_barrier_begins_with_its_answer(client, mistrust):
    page = client.get("/barriers/mistrust/")
    text = text_of(page)
    assert "Met by 3 cases" in text
    assert "3 statements , by result: 1 helped , 2 not reported ." in text
    assertContains(page, 'href="/findings/?barrier=mistrust&amp;direction=helped"')
    assertContains(page, 'class="part part--helped" x="0.00%" width="33.33%"')


def test_strategies_stand_by_result_with_reported_results_first(client, mistrust):
    page = client.get("/barriers/mistrust/")
    [table] = page.context["page"].answer.tables
    assert [
        (row.value.slug, row.n_cases, [cell and cell.n_statements for cell in cells])
        for row, cells in table.rows
    ] == [("visits", 2, [1, 1]), ("talks", 1, [1, None])]
    address = "/findings/?barrier=mistrust&amp;strategy=talks&amp;direction=helped"
    assertContains(page, f'href="{address}"')


def test_each_statement_stands_once_with_reported_results_first(client, mistrust):
    best = FindingFactory(kind="barrier", concept=mistrust, direction="mixed", grade=2)
    found = client.get("/barriers/mistrust/").context["page"].findings
    assert found[0] == best
    assert [finding.initiative.slug for finding in found[1:]] == ["bb", "aa", "cc"]


def test_a_strategy_answers_which_barriers_and_risks_it_met(client, mistrust):
    talk = mistrust.findings.exclude(response="").get().strategies.get(slug="talks")
    FindingFactory(kind="risk", strategies=[talk.pk], direction="hindered")
    page = client.get("/strategies/talks/")
    assert "Used by 2 cases" in text_of(page)
    titles = [table.title for table in page.context["page"].answer.tables]
    assert titles == ["Barriers", "Risks"]


def test_terms_beside_it_come_by_reported_results(client):
    top = ConceptFactory(is_heading=True)
    one, two, three, _ = (
        ConceptFactory(slug=slug, broader=top) for slug in ("one", "two", "three", "no")
    )
    for term in (one, two, three):
        FindingFactory(kind="barrier", concept=term)
    FindingFactory(kind="barrier", concept=three, direction="helped")
    siblings = client.get("/barriers/one/").context["page"].siblings
    assert siblings == [(three, 2), (two, 1)]
    assert client.get(top.get_absolute_url()).context["page"].siblings == []


@pytest.mark.parametrize("n", [30, 31])
def test_a_page_has_the_first_statements_and_leads_to_all(client, n):
    term = ConceptFactory(slug="mistrust")
    FindingFactory.create_batch(n, kind="barrier", concept=term)
    page = client.get("/barriers/mistrust/")
    assert len(page.context["page"].findings) == 30
    more = "Here are the first 30 of 31 statements"
    assert (more in text_of(page)) == (n == 31)


def test_a_mode_has_its_statements_by_case(client):
    mode = ConceptFactory(scheme="modes", slug="co-design")
    second, first = (
        FindingFactory(initiative__name=name, kind="mode", concept=mode)
        for name in ("B", "A")
    )
    page = client.get("/modes/co-design/")
    assert page.context["page"].findings == [first, second]
    assert "Found in 2 cases" in text_of(page)


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
    with django_assert_max_num_queries(46) as one:
        client.get(address)
    fill(concept, 12)
    with django_assert_max_num_queries(len(one)):
        client.get(address)

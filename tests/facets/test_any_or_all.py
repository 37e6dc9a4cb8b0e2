"""Several values of one facet: records with any of them, or with all if required."""

import pytest
from django.http import QueryDict
from pytest_django.asserts import assertContains, assertNotContains

from initiatives.cited_work_filter import CitedWorkFilter
from initiatives.filters import InitiativeFilter
from initiatives.models import Initiative
from references.models import Reference
from tests.factories import (
    ConceptFactory,
    ContributionFactory,
    FindingFactory,
    InitiativeFactory,
    PersonFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def both():
    """Return a case that met two barriers; another case met only the first."""
    mistrust = ConceptFactory(slug="mistrust", label="Mistrust")
    time = ConceptFactory(slug="time", label="Lack of time")
    ConceptFactory(slug="stigma", label="Stigma")
    one, both = InitiativeFactory(), InitiativeFactory()
    for case, concept in ((one, mistrust), (both, mistrust), (both, time)):
        FindingFactory(initiative=case, kind="barrier", concept=concept)
    return both


def cases(query):
    return InitiativeFilter(QueryDict(query), Initiative.objects.published())


def works(query):
    return CitedWorkFilter(QueryDict(query), Reference.objects.all())


def counts(filterset, name):
    facet = next(facet for facet in filterset.facets if facet.name == name)
    return {option.value: option.count for option in facet.options if option.count}


def test_requiring_all_values_narrows_the_list(both):
    query = "barrier=mistrust&barrier=time"
    assert len(cases(query).matches) == 2
    assert list(cases(f"{query}&barrier-all=1").matches) == [both]


@pytest.mark.once
def test_the_sentence_says_or_for_any_and_and_for_all(both):
    query = "barrier=mistrust&barrier=time"
    assert (
        cases(query).sentence
        == "2 cases that met the barrier “Mistrust” or “Lack of time”"
    )
    assert (
        cases(f"{query}&barrier-all=1").sentence
        == "1 case that met the barrier “Mistrust” and “Lack of time”"
    )


def test_counts_are_those_after_choosing_one_more_value(both):
    assert counts(cases("barrier=time"), "barrier") == {"mistrust": 2, "time": 1}
    wanted = cases("barrier=time&barrier-all=1")
    assert counts(wanted, "barrier") == {"mistrust": 1, "time": 1}


def test_a_narrower_term_counts_for_its_broader_term(both):
    top = ConceptFactory(slug="attitudes")
    narrower = both.findings.get(concept__slug="mistrust").concept
    narrower.broader = top
    narrower.save()
    query = "barrier=attitudes&barrier=time&barrier-all=1"
    assert list(cases(query).matches) == [both]


def test_all_can_be_required_of_tags_authors_cases_and_kinds():
    night = InitiativeFactory(tags=["night", "young"], slug="night")
    InitiativeFactory(tags=["night"])
    assert list(cases("tag=night&tag=young&tag-all=1").matches) == [night]
    elke, tony = PersonFactory(slug="elke"), PersonFactory(slug="tony")
    work = ContributionFactory(person=elke).reference
    ContributionFactory(reference=work, person=tony)
    ContributionFactory(person=elke)
    assert list(works("author=elke&author=tony&author-all=1").matches) == [work]
    for case, kind in ((night, "outcome"), (InitiativeFactory(slug="day"), "cost")):
        finding = FindingFactory(initiative=case, kind=kind)
        SourceFactory(finding=finding, reference=work)
    for query in ("cited=night&cited=day", "kind=outcome&kind=cost"):
        assert len(works(query).matches) == 3
        name = query.partition("=")[0]
        assert list(works(f"{query}&{name}-all=1").matches) == [work]


def test_all_can_be_required_of_the_cases_behind_works(both):
    query = "barrier=mistrust&barrier=time"
    assert len(works(query).matches) == 3
    wanted = works(f"{query}&barrier-all=1")
    assert len(wanted.matches) == 2
    assert wanted.unknown_parameters == []
    assert wanted.sentence == (
        "2 works behind 1 case that met the barrier “Mistrust” and “Lack of time”"
    )


@pytest.mark.once
@pytest.mark.parametrize("query", ["barrier-all=yes", "barrier-all=0", "author-all=x"])
def test_other_values_of_the_switch_are_invalid(client, query):
    page = client.get(f"/references/?{query}")
    name, value = query.split("=")
    message = f"Only “{name}=1” has a meaning, not “{value}”."
    assertContains(page, message, status_code=400)


@pytest.mark.once
@pytest.mark.parametrize("query", ["country-all=1", "type-all=1", "q-all=1"])
def test_single_valued_facets_have_no_switch(query):
    assert works(query).unknown_parameters == [query.removesuffix("=1")]


@pytest.mark.once
def test_the_page_has_the_switch(client, both):
    name = 'name="barrier-all" value="1"'
    assertNotContains(client.get("/initiatives/"), 'name="country-all"')
    query = "/initiatives/?barrier=mistrust&barrier=time"
    page = client.get(query)
    assertContains(page, f"{name}>")
    assertContains(page, "Only cases with all that are chosen")
    assertContains(client.get(f"{query}&barrier-all=1"), f"{name} checked>")


@pytest.mark.once
def test_removing_all_but_one_value_removes_the_switch(both):
    query = "barrier=mistrust&barrier=time&barrier-all=1&country=DE"
    chips = {chip.label: chip.query for chip in cases(query).chips}
    assert chips["Mistrust"] == "?barrier=time&country=DE"
    assert chips["Germany"] == "?barrier=mistrust&barrier=time&barrier-all=1"


def test_the_histogram_shows_all_years_and_marks_the_chosen_ones(client):
    for year in (1990, 2010, 2010, None):
        InitiativeFactory(start_year=year)
    page = client.get("/initiatives/?from=2000")
    label = 'aria-label="Cases by year. 1990: 1, 2010: 2"'
    assertContains(page, label)
    bars = page.context["filter"].histogram.bars
    assert [bar.first for bar in bars if bar.count and bar.is_chosen] == [2010]
    assertContains(client.get("/references/"), '<div id="histogram"></div>')

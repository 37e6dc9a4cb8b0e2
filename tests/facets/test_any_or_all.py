"""Several values of one facet: any of them, or all where so asked."""

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
    """A case that met two barriers, beside one that met the first of them."""
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


def test_all_of_them_narrow(both):
    query = "barrier=mistrust&barrier=time"
    assert len(cases(query).matches) == 2
    assert list(cases(f"{query}&barrier-all=1").matches) == [both]


def test_the_sentence_says_which(both):
    query = "barrier=mistrust&barrier=time"
    assert (
        cases(query).sentence
        == "2 initiatives that met the barrier “Mistrust” or “Lack of time”"
    )
    assert (
        cases(f"{query}&barrier-all=1").sentence
        == "1 initiative that met the barrier “Mistrust” and “Lack of time”"
    )


def test_counts_say_what_one_more_would_leave(both):
    assert counts(cases("barrier=time"), "barrier") == {"mistrust": 2, "time": 1}
    wanted = cases("barrier=time&barrier-all=1")
    assert counts(wanted, "barrier") == {"mistrust": 1, "time": 1}


def test_all_of_a_broader_term_and_another_are_had_through_narrower_ones(both):
    top = ConceptFactory(slug="attitudes")
    narrower = both.findings.get(concept__slug="mistrust").concept
    narrower.broader = top
    narrower.save()
    query = "barrier=attitudes&barrier=time&barrier-all=1"
    assert list(cases(query).matches) == [both]


def test_tags_authors_cases_and_kinds_can_all_be_wanted():
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


def test_all_may_be_wanted_of_the_cases_behind_works_too(both):
    query = "barrier=mistrust&barrier=time"
    assert len(works(query).matches) == 3
    wanted = works(f"{query}&barrier-all=1")
    assert len(wanted.matches) == 2
    assert wanted.unknown == []
    assert wanted.sentence == (
        "2 works behind 1 initiative that met the barrier “Mistrust” and “Lack of time”"
    )


@pytest.mark.parametrize("query", ["barrier-all=yes", "barrier-all=0", "author-all=x"])
def test_nonsense_is_refused(client, query):
    page = client.get(f"/references/?{query}")
    name, value = query.split("=")
    refusal = f"Only “{name}=1” has a meaning, not “{value}”."
    assertContains(page, refusal, status_code=400)


@pytest.mark.parametrize("query", ["country-all=1", "type-all=1", "q-all=1"])
def test_what_a_record_has_only_one_of_has_no_all(query):
    assert works(query).unknown == [query.removesuffix("=1")]


def test_the_page_offers_it(client, both):
    name = 'name="barrier-all" value="1"'
    assertNotContains(client.get("/initiatives/"), 'name="country-all"')
    query = "/initiatives/?barrier=mistrust&barrier=time"
    page = client.get(query)
    assertContains(page, f"{name}>")
    assertContains(page, "Only initiatives with all that are chosen")
    assertContains(client.get(f"{query}&barrier-all=1"), f"{name} checked>")


def test_a_chip_that_leaves_one_value_leaves_no_all(both):
    query = "barrier=mistrust&barrier=time&barrier-all=1&country=DE"
    chips = {chip.label: chip.query for chip in cases(query).chips}
    assert chips["Mistrust"] == "?barrier=time&country=DE"
    assert chips["Germany"] == "?barrier=mistrust&barrier=time&barrier-all=1"


def test_the_years_of_the_records_are_drawn_and_those_left_out_are_seen(client):
    for year in (1990, 2010, 2010, None):
        InitiativeFactory(start_year=year)
    page = client.get("/initiatives/?from=2000")
    told = 'aria-label="Initiatives by year. 1990: 1, 2010: 2"'
    assertContains(page, told)
    bars = page.context["filter"].histogram.bars
    assert [bar.first for bar in bars if bar.count and bar.is_chosen] == [2010]
    assertNotContains(client.get("/references/"), "<svg")

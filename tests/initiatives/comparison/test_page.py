"""The page that compares cases."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertContains, assertNotContains

from initiatives.models import Initiative
from tests.factories import (
    ConceptFactory,
    ConflictFactory,
    ContributionFactory,
    FindingFactory,
    InitiativeFactory,
    InvolvementFactory,
    SourceFactory,
)
from tests.initiatives.comparison.reading import address, cells, columns

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_a_row_says_in_words_what_is_known_of_each_case(client, cases):
    cases["a"].not_found = ["cost"]
    cases["a"].save()
    cost = FindingFactory(initiative=cases["b"], kind="cost", statement="It is cheap.")
    page = client.get(address("a", "b", "c"))
    heading, looked_for, told, not_coded = cells(page, "Costs 1")
    assert heading == "Costs 1 of 3"
    assert looked_for == "Looked for, nothing found"
    assert told.startswith("It is cheap.")
    assert not_coded == "Not coded"
    assertContains(page, f'href="/initiatives/b/#{cost.short_id}"')


def test_columns_are_in_the_order_of_the_address(client, cases):
    assert columns(client.get(address("c", "a", "b"))) == ["Case c", "Case a", "Case b"]


def test_a_cell_has_response_result_strategies_and_source(client, cases):
    talk = ConceptFactory(scheme="strategies", slug="talk", label="Open dialogue")
    term = ConceptFactory(slug="mistrust", label="Mistrust")
    found = FindingFactory(
        initiative=cases["a"],
        kind="barrier",
        concept=term,
        response="They talked.",
        strategies=[talk.pk],
        direction="helped",
        sources=0,
    )
    source = SourceFactory(finding=found, url="https://example.org/x", locator="P. 24")
    ContributionFactory(reference=source.reference, person__family="Meyer")
    FindingFactory(initiative=cases["b"], kind="barrier", concept=term)
    page = client.get(address("a", "b"))
    _, has, has_too = cells(page, "Mistrust 2 of 2, results differ")
    for words in ("They talked.", "Open dialogue", "Result: helped", "Meyer", "P. 24"):
        assert words in has
    assert "The sources do not tell how it was met." in has_too
    assert "Result: not reported" in has_too
    assertContains(page, 'href="/barriers/mistrust/"')
    assertContains(page, 'href="https://example.org/x"')
    assertContains(page, 'href="#work-1"')
    assertContains(page, 'id="work-2"')


@pytest.fixture
def told(cases):
    """A case with every fact, beside one with a place alone."""
    a = cases["a"]
    a.start_year, a.last_source_year = 2007, 2024
    a.settlement, a.reach = "town", "municipality"
    a.save()
    a.service_areas.add(ConceptFactory(scheme="service-areas", label="Health"))
    InvolvementFactory(initiative=a, organisation__name="Town of Weyhe")
    ConflictFactory(initiative=a, about="Number of members")
    FindingFactory(initiative=a, kind="mode")
    FindingFactory(initiative=a, figure_value=805, figure_unit="hours")
    FindingFactory(initiative=a, kind="saving", statement="It saves.")


@pytest.mark.parametrize(
    ("heading", "has", "has_not"),
    [
        ("Place 2 of 2, the same", "Weyhe, Germany", "Weyhe, Germany"),
        ("Years 1 of 2", "since 2007", "Not known"),
        ("Reach", "Municipal", "Not known"),
        ("Settlement", "Town", "Not known"),
        ("Service areas", "Health", "Not coded"),
        ("Modes of co-production", "Term", "Not coded"),
        ("Organisations", "Town of Weyhe (lead public body)", "Not known"),
        ("Costs and figures", "told in words (Saving) 805 hours (Outcome)", "Not c"),
        ("Latest source", "2024", "Not known"),
        ("Sources disagree on", "Number of members", "None noted"),
    ],
)
def test_a_glance_has_a_row_for_each_fact(client, told, heading, has, has_not):
    _, one, other = cells(client.get(address("a", "b")), heading)
    assert one.startswith(has)
    assert other.startswith(has_not)


def test_modes_that_were_looked_for_in_vain_are_told_apart(client, cases):
    FindingFactory(initiative=cases["a"], kind="mode")
    cases["b"].not_found = ["mode"]
    cases["b"].save()
    page = client.get(address("a", "b"))
    assert cells(page, "Modes of")[2] == "Looked for, nothing found"


def test_common_values_are_named(client, cases):
    care, work = (ConceptFactory(scheme="service-areas", label=x) for x in "CW")
    cases["a"].service_areas.add(care, work)
    cases["b"].service_areas.add(care)
    page = client.get(address("a", "b"))
    assert cells(page, "Service areas")[0].endswith("All: C")


@pytest.mark.parametrize(
    ("show", "shown", "hidden"),
    [("share", "Outcomes", "Lessons"), ("differ", "Lessons", "Outcomes")],
)
def test_rows_can_be_narrowed(client, cases, show, shown, hidden):
    for slug in "ab":
        FindingFactory(initiative=cases[slug])
    FindingFactory(initiative=cases["a"], kind="lesson")
    page = client.get(address("a", "b", show=show))
    assert cells(page, shown)
    with pytest.raises(AssertionError):
        cells(page, hidden)
    # Places are the same, and so are outcomes; lessons are not.
    for words, n in (("All rows", 3), ("Where they differ", 1), ("What they share", 2)):
        assertContains(page, f'{words} <span class="count">{n}</span>')
    assertContains(page, 'rel="nofollow" aria-current="true"', count=1)


def test_broader_terms_group_narrower_ones(client, cases):
    trust = ConceptFactory(label="Trust", is_heading=True)
    for slug, label in (("a", "Doubt"), ("b", "Fear")):
        term = ConceptFactory(label=label, broader=trust)
        FindingFactory(initiative=cases[slug], kind="barrier", concept=term)
    page = client.get(address("a", "b"))
    assertContains(page, '>Trust</a> <span class="count">2 of 2</span>')
    assert page.text.index(">Trust</a>") < page.text.index(">Doubt</a>")


@pytest.mark.parametrize(
    ("show", "words"),
    [
        ("share", "These cases share nothing that is coded."),
        ("differ", "These cases differ in no row"),
    ],
)
def test_an_empty_choice_says_so(client, show, words):
    place = {"differ": "Weyhe", "share": "Bremen"}[show]
    InitiativeFactory(slug="a")
    InitiativeFactory(slug="b", locality=place)
    assertContains(client.get(address("a", "b", show=show)), words)


def withdraw(case, reason="A source was wrong."):
    Initiative.objects.filter(pk=case.pk).update(status="withdrawn", status_note=reason)


def test_a_withdrawn_case_leaves_its_column_with_the_reason(client, cases):
    FindingFactory(initiative=cases["a"], statement="It was wrong.")
    FindingFactory(initiative=cases["b"])
    withdraw(cases["a"])
    page = client.get(address("a", "b", "c"))
    assert columns(page) == ["Case a", "Case b", "Case c"]
    assert cells(page, "Outcomes 1 of 2")[1] == "Withdrawn"
    assertContains(page, "The reason: A source was wrong.")
    assertContains(page, "?cited=b&amp;cited=c")
    assertNotContains(page, "It was wrong.")


def test_withdrawn_cases_alone_have_no_rows_and_no_switch(client, cases):
    for slug in "ab":
        withdraw(cases[slug])
    page = client.get(address("a", "b"))
    assertContains(page, "Nothing is told of these cases.")
    assertNotContains(page, "Where they differ <span")


def test_findings_without_a_source_are_not_shown(client, cases):
    FindingFactory(initiative=cases["a"], statement="Hush.", sources=0)
    assertNotContains(client.get(address("a", "b")), "Hush.")


def full_case(slug):
    case = InitiativeFactory(slug=slug)
    case.service_areas.add(ConceptFactory(scheme="service-areas"))
    InvolvementFactory(initiative=case)
    ConflictFactory(initiative=case)
    for kind in ("barrier", "mode", "cost"):
        strategies = [ConceptFactory(scheme="strategies").pk]
        found = FindingFactory(initiative=case, kind=kind, strategies=strategies)
        for source in found.sources.all():
            ContributionFactory(reference=source.reference)
    return case


@pytest.mark.parametrize("missing", [(), ("unknown",)])
def test_the_number_of_queries_does_not_grow(client, missing):
    slugs, numbers = "wxyz", []
    for slug in slugs:
        full_case(slug)
    for some in (slugs[:2], slugs):
        with CaptureQueriesContext(connection) as queries:
            client.get(address(*some, *missing))
        numbers.append(len(queries))
    assert numbers[0] == numbers[1] <= 12

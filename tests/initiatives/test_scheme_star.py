"""The page of change steps: the Star, and an example of each step."""

import pytest
from pytest_django.asserts import assertContains

from casebase.change_tracking.transactions import update_derived_data
from initiatives.models import Finding
from tests.factories import (
    ConceptFactory,
    FindingFactory,
    InitiativeFactory,
    SchemeFactory,
    SourceFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def steps():
    SourceFactory(
        scheme=SchemeFactory(slug="change-steps"),
        url="https://example.org/star/",
        locator="The Star explained",
    )
    slugs = ("map-it", "focus-it", "people-it", "market-it", "grow-it")
    return [
        ConceptFactory(scheme="change-steps", slug=slug, label=slug, order=n)
        for n, slug in enumerate(slugs)
    ]


def tell(step, case=None, sources=1, grade=0, **values):
    """Create a finding on a step, with this evidence grade."""
    case = case or InitiativeFactory()
    coded = {"kind": "change-step", "concept": step, "initiative": case}
    finding = FindingFactory(sources=sources, **coded | values)
    # What the rules of the grade say of a finding doesn’t matter here.
    Finding.objects.filter(pk=finding.pk).update(grade=grade)
    return finding


def examples_on(page):
    return [
        part.content.example if part.content else None
        for part in page.context["star"].points
    ]


def test_an_example_is_reported_then_supported_then_on_most_works(client, steps):
    mapping, focusing, people, marketing, _ = steps
    tell(mapping, grade=2)
    reported = tell(mapping, direction="hindered")
    tell(focusing)
    supported = tell(focusing, grade=1)
    tell(people, sources=2)
    on_most = tell(people, sources=3)
    # A case is an example once, if there is another.
    again = tell(marketing, case=on_most.initiative, direction="helped")
    other = tell(marketing)
    tell(steps[4], case=InitiativeFactory(status="review"))
    page = client.get("/change-steps/")
    assert examples_on(page) == [reported, supported, on_most, other, None]
    assertContains(page, other.statement)
    assertContains(page, "No statement of a public case tells of this step yet.", 1)
    assertContains(page, f'href="/findings/?change-step={marketing.slug}"')
    other.initiative.delete()
    page = client.get("/change-steps/")
    assert examples_on(page)[3] == again


def test_the_star_is_drawn_and_told_and_leads_to_a_plan(client, steps):
    mode = ConceptFactory(scheme="modes", label="Co-design")
    FindingFactory(kind="mode", concept=mode)
    tell(steps[0])
    page = client.get("/change-steps/")
    assertContains(page, "star__part--held", 2)
    assertContains(page, "A <a href")
    assertContains(page, ">1 case</a>", 2)
    assertContains(page, '<span class="quiet">0 cases</span>', 4)
    assertContains(page, 'href="/plan/">Plan a change with these steps</a>')
    assertContains(page, 'href="/plan/sessions/"')
    origin = '<a href="https://example.org/star/" rel="external">The Star explained'
    assertContains(page, f"Governance International: {origin}")


def test_more_steps_and_statements_need_no_more_queries(
    client, steps, django_assert_max_num_queries
):
    tell(steps[0])
    with django_assert_max_num_queries(60) as few:
        client.get("/change-steps/")
    for step in steps:
        for _ in range(3):
            tell(step, sources=2)
    update_derived_data()
    with django_assert_max_num_queries(len(few)):
        client.get("/change-steps/")

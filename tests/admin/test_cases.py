"""The desk: a whole case on one page."""

from datetime import date

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from tests.desk import Curator, new_finding, new_source
from tests.factories import (
    ConceptFactory,
    ConflictFactory,
    FindingFactory,
    InitiativeFactory,
    ReferenceFactory,
)
from tests.today import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.once]

UNSOURCED = "A published case shows the source of every finding; add one."


@pytest.fixture
def curator():
    return Curator()


def test_a_finding_is_added_with_two_sources(curator):
    case, first, second = InitiativeFactory(), ReferenceFactory(), ReferenceFactory()
    fields = new_finding() | new_source(first) | new_source(second, index=1)
    assert curator.change(case, fields).status_code == 302
    finding = case.findings.get()
    assert finding.statement == "Neighbours feel safer."
    assert [source.reference for source in finding.sources.all()] == [first, second]


def test_a_published_case_refuses_a_finding_without_source(curator):
    case = InitiativeFactory()
    assertContains(curator.change(case, new_finding()), UNSOURCED)
    assert not case.findings.exists()


def test_a_published_case_keeps_the_last_source_of_a_finding(curator):
    finding = FindingFactory(sources=1)
    response = curator.change(finding.initiative, {"findings-0-sources-0-DELETE": "on"})
    assertContains(response, UNSOURCED)
    assert finding.sources.count() == 1


def test_a_source_lost_outside_the_desk_can_be_added_there(curator):
    finding = FindingFactory(sources=0)
    assertContains(curator.change(finding.initiative, {"summary": "New."}), UNSOURCED)
    sourced = curator.change(finding.initiative, new_source(ReferenceFactory()))
    assert sourced.status_code == 302
    assert finding.sources.count() == 1


def test_the_last_source_may_be_replaced(curator):
    finding, work = FindingFactory(sources=1), ReferenceFactory()
    fields = {"findings-0-sources-0-DELETE": "on"} | new_source(work, index=1)
    assert curator.change(finding.initiative, fields).status_code == 302
    assert [source.reference for source in finding.sources.all()] == [work]


def test_a_draft_may_have_findings_without_source(curator):
    case = InitiativeFactory(status="draft")
    assert curator.change(case, new_finding()).status_code == 302


@pytest.mark.parametrize(
    ("changes", "revised_on"),
    [
        ({"summary": "New words."}, TODAY),
        ({"findings-0-statement": "New words."}, TODAY),
        ({"findings-0-sources-0-locator": "P. 24"}, TODAY),
        ({"summary": "New words.", "revised_on": "01/02/2026"}, date(2026, 2, 1)),
        ({}, None),
    ],
)
def test_a_change_of_a_published_case_is_dated(curator, changes, revised_on):
    case = FindingFactory().initiative
    assert curator.change(case, changes).status_code == 302
    case.refresh_from_db()
    assert case.revised_on == revised_on


def test_a_change_of_a_draft_is_not_dated(curator):
    case = InitiativeFactory(status="draft")
    curator.change(case, {"summary": "New words."})
    case.refresh_from_db()
    assert case.revised_on is None


def test_a_changed_slug_leaves_the_old_one_behind(curator):
    case = InitiativeFactory(slug="weyhe")
    curator.change(case, {"slug": "streetwatchers", "name": "Streetwatchers"})
    case.refresh_from_db()
    assert (case.slug, case.name) == ("streetwatchers", "Streetwatchers")
    assert [former.slug for former in case.former_slugs.all()] == ["weyhe"]


def test_the_former_slug_of_another_case_is_refused(curator):
    InitiativeFactory(slug="weyhe").rename(slug="streetwatchers")
    case = InitiativeFactory()
    response = curator.change(case, {"slug": "weyhe"})
    assertContains(response, "“weyhe” is or was the address of another initiative")


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("concept", {"kind": "barrier", "direction": "mixed"}),
        ("figure_unit", {"figure_value": "805"}),
        ("response", {"response": "They met."}),
        ("direction", {"direction": "not-reported"}),
    ],
)
def test_a_constraint_is_shown_at_its_field(curator, field, changes):
    case = InitiativeFactory(status="draft")
    response = curator.change(case, new_finding(**changes))
    [findings, *_] = response.context["inline_admin_formsets"]
    assert findings.formset.errors[0].keys() == {field}


def test_a_finding_cannot_have_a_term_of_another_kind(curator):
    case, risk = InitiativeFactory(), ConceptFactory(scheme="risks", label="Cost")
    fields = {"kind": "barrier", "concept": risk.pk, "direction": "mixed"}
    assertContains(
        curator.change(case, new_finding(**fields)), "“Cost” is not a barrier"
    )


def test_headings_and_uncodable_terms_are_not_offered(curator):
    ConceptFactory(label="Inside the organisation", is_heading=True)
    ConceptFactory(scheme="service-areas", label="Social care")
    ConceptFactory(label="Mistrust")
    response = curator.open(InitiativeFactory())
    assertContains(response, '<optgroup label="Barrier">')
    assertContains(response, "Mistrust")
    assertNotContains(response, "Inside the organisation")
    assertNotContains(response, "Social care")


def test_new_rows_come_last(curator):
    finding = FindingFactory(position=6)
    response = curator.open(finding.initiative)
    [findings, *_] = response.context["inline_admin_formsets"]
    assert findings.formset.empty_form["position"].value() == 7


def test_rows_have_readable_headings(curator):
    term = ConceptFactory(label="Mistrust")
    words = "One two three four five six seven eight nine ten eleven twelve thirteen."
    finding = FindingFactory(kind="barrier", concept=term, statement=words)
    ConflictFactory(initiative=finding.initiative, about="Number of members")
    response = curator.open(finding.initiative)
    assertContains(response, "Barrier · Mistrust · One two three")
    assertContains(response, "eleven twelve …")
    assertContains(response, "Number of members")


def test_a_finding_says_how_its_source_was_read(curator):
    fields = new_finding() | new_source(ReferenceFactory())
    fields["findings-0-sources-0-via"] = ""
    response = curator.change(InitiativeFactory(), fields)
    assertContains(response, "The sources need a correction; see below.")
    assertContains(response, "This field is required.")


def test_a_finding_of_a_draft_may_lack_its_source_on_its_own_page_too(curator):
    draft = InitiativeFactory(status="draft")
    finding = FindingFactory(initiative=draft, sources=0)
    curator.change(finding, {"statement": "Better words."})
    finding.refresh_from_db()
    assert finding.statement == "Better words."

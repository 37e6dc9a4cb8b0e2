"""The desk: who speaks in a work, what a conflict is about, and the evidence grade."""

import pytest
from pytest_django.asserts import assertContains

from casebase.change_tracking.transactions import update_derived_data
from initiatives.models import Finding
from tests.desk import Curator, count_queries, form_values, listed_records
from tests.factories import (
    ConflictFactory,
    DocumentationFactory,
    FindingFactory,
    InitiativeFactory,
    SourceFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def curator():
    return Curator()


def test_who_speaks_is_changed_on_the_page_of_the_case_and_grades_follow(curator):
    finding = FindingFactory()
    case, work = finding.initiative, finding.sources.get().reference
    DocumentationFactory(initiative=case, reference=work)
    fields = {
        "documentation-0-standing": "independent",
        "documentation-0-standing_note": "A university.",
    }
    assert curator.change(case, fields).status_code == 302
    finding.refresh_from_db()
    assert finding.grade == 1


def test_a_conflict_offers_the_statements_of_its_case(curator):
    case = InitiativeFactory()
    conflict = ConflictFactory(initiative=case)
    SourceFactory(conflict=conflict)
    finding = FindingFactory(initiative=case, statement="There were 30 of them.")
    other = FindingFactory(statement="Elsewhere.")
    page = curator.open(case)
    offered = page.context["inline_admin_formsets"][1].formset.forms[0]
    assert offered.fields["findings"].choices == [(finding.pk, finding.heading)]
    fields = {"conflicts-0-findings": [str(finding.pk)], "conflicts-0-is_settled": "on"}
    assert curator.change(case, fields).status_code == 302
    conflict.refresh_from_db()
    assert (list(conflict.findings.all()), conflict.is_settled) == ([finding], True)
    refused = curator.change(case, {"conflicts-0-findings": [str(other.pk)]})
    assertContains(refused, "is not one of the available choices")
    assert form_values(curator.open(case))["conflicts-0-findings"] == [str(finding.pk)]


def test_ten_conflicts_take_as_many_queries_as_one(curator):
    case = InitiativeFactory()
    FindingFactory.create_batch(3, initiative=case, kind="barrier")
    ConflictFactory(initiative=case)
    one = count_queries(lambda: curator.open(case))
    for conflict in ConflictFactory.create_batch(9, initiative=case):
        conflict.findings.add(case.findings.first())
    assert count_queries(lambda: curator.open(case)) == one


def test_a_grade_set_by_hand_needs_a_note(curator):
    finding = FindingFactory()
    refused = curator.change(finding, {"grade_override": "2"})
    assertContains(refused, "A grade set by hand needs a note")
    fields = {"grade_override": "2", "grade_note": "We saw the data."}
    assert curator.change(finding, fields).status_code == 302
    finding.refresh_from_db()
    assert (finding.grade, finding.grade_note) == (2, "We saw the data.")
    undone = {"grade_override": "", "grade_note": ""}
    assert curator.change(finding, undone).status_code == 302
    finding.refresh_from_db()
    assert finding.grade == 0


def test_the_desk_lists_what_would_gain_most_from_a_second_source(curator):
    most = FindingFactory()
    work = most.sources.get().reference
    DocumentationFactory(initiative=most.initiative, reference=work, standing="insider")
    less = FindingFactory()
    update_derived_data()
    assert listed_records(curator.list(Finding, gain="two")) == [most]
    assert listed_records(curator.list(Finding, gain="one")) == [less]
    assert len(listed_records(curator.list(Finding, grade__exact="0"))) == 2

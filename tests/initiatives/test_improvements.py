"""Improvements of a case: gaps that do not prevent its publication."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from tests.desk import Curator, form_values
from tests.factories import ConceptFactory, FindingFactory, InitiativeFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def full_case(**changed):
    """Create a case without gaps."""
    fields = {
        "status": "draft",
        "summary": "word " * 50,
        "challenge": "word " * 25,
        "approach": "word " * 60,
        "latitude": 53.0,
        "longitude": 8.9,
        "start_year": 2007,
        "evidence_note": "One report.",
        "not_found": ["outcome"],
        "service_areas": [ConceptFactory(scheme="service-areas")],
    }
    return InitiativeFactory(**fields | changed)


def improvements(case):
    return {gap.field: gap.words for gap in case.improvements()}


def test_a_full_case_has_no_improvements():
    case = full_case()
    assert improvements(case) == {}
    response = Curator().open(case)
    assertContains(response, "Nothing keeps this from being published.")
    assertNotContains(response, "What could be better")


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        (
            {"summary": "Nine words are said here of what they do."},
            "summary",
            "Summary has 9 words; readers expect 50 to 120.",
        ),
        (
            {"challenge": "Word"},
            "challenge",
            "Challenge has 1 word; readers expect 25 to 90.",
        ),
        (
            {"approach": ""},
            "approach",
            "Approach is empty; readers expect 60 to 150.",
        ),
        ({"latitude": None, "longitude": None}, "latitude", "There is no point"),
        ({"locality": "", "region": "Lower Saxony"}, "place_note", "Without a loc"),
        ({"start_year": None}, "start_year", "It is not said when it started."),
        ({"service_areas": []}, "service_areas", "No service area"),
        ({"evidence_note": ""}, "evidence_note", "It is not said what"),
        ({"not_found": ["cost"]}, "not_found", "No outcome is told"),
    ],
)
def test_each_improvement_is_linked_and_does_not_prevent_publication(
    changed, field, words
):
    case = full_case(**changed)
    [(where, sentence)] = improvements(case).items()
    assert where == field
    assert sentence.startswith(words)
    assert case.publication_gaps() == []
    response = Curator().open(case)
    assertContains(response, "Nothing keeps this from being published.")
    assertContains(response, f'<a href="#id_{field}">{sentence}</a>')


@pytest.mark.parametrize(
    "changed",
    [
        {"summary": "word " * 121},
        {"summary": ""},
        {"locality": ""},
        {"locality": "", "region": "Lower Saxony", "place_note": "Its capital."},
    ],
)
def test_what_suffices_is_not_listed(changed):
    assert improvements(full_case(**changed)) == {}


def test_a_finding_on_an_outcome_suffices():
    case = full_case(not_found=[])
    FindingFactory(initiative=case, kind="outcome")
    assert improvements(case) == {}


def test_a_public_case_shows_improvements_too():
    response = Curator().open(full_case(status="published", evidence_note=""))
    assertContains(response, "What could be better")
    assertNotContains(response, "from being published.")


def test_kinds_looked_for_without_success_are_ticked():
    curator, case = Curator(), full_case(not_found=["cost"])
    response = curator.open(case)
    assert form_values(response)["not_found"] == ["cost"]
    assertContains(response, "Negative effects")
    assert curator.change(case, {"not_found": ["saving", "barrier"]}).status_code == 302
    case.refresh_from_db()
    assert set(case.not_found) == {"saving", "barrier"}
    response = curator.change(case, {"not_found": ["rumour"]})
    assertContains(response, "rumour is not one of the available choices.")

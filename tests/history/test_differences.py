"""What differs between two versions, field by field and in a line for lists."""

import pytest

from casebase.history.differences import summarize
from casebase.registry import kind_of
from initiatives.models import Initiative
from tests.factories import ConflictFactory, FindingFactory, InitiativeFactory
from tests.history.versions import changes, fields, update

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_another_order_is_told_by_itself():
    case = InitiativeFactory()
    for place, statement in enumerate(["First.", "Second."]):
        FindingFactory(initiative=case, statement=statement, position=place)
    first = case.findings.get(position=0)
    found = changes(case, update(first, position=2))
    before, after = "Outcome · First.", "Outcome · Second."
    assert fields(found) == {"Order": (f"{before}\n{after}", f"{after}\n{before}")}
    assert summarize("initiative", found) == "Order changed"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"summary": "New."}, "Summary changed"),
        ({"summary": "New.", "name": "Other"}, "Name, summary changed"),
        ({"revised_on": "2026-05-12"}, "Only names or days changed"),
        (
            {
                **{"name": "Other", "summary": "New.", "challenge": "New."},
                **{"approach": "New.", "locality": "Surrey", "country": "GB"},
                **{"region": "South", "evidence_note": "New."},
            },
            "Name, evidence note, summary, challenge, approach, locality, "
            "2 other fields changed",
        ),
    ],
)
def test_a_summary_names_what_changed(values, words):
    case = InitiativeFactory()
    assert summarize(kind_of(case), changes(case, update(case, **values))) == words


def test_a_summary_counts_statements():
    case = InitiativeFactory()
    for place in range(4):
        FindingFactory(initiative=case, position=place)
    conflict = ConflictFactory(initiative=case)

    def write():
        case.findings.filter(position__lt=2).update(statement="New.")
        case.findings.get(position=2).delete()
        FindingFactory(initiative=case, position=9)
        conflict.delete()
        Initiative.objects.update(summary="New.")

    assert summarize(kind_of(case), changes(case, write)) == (
        "1 finding added; 2 findings changed; 1 finding removed; "
        "1 conflict removed; summary changed"
    )

"""A line that sums up what changed, for lists of versions."""

import pytest

from casebase.history.differences import summary
from initiatives.models import Initiative
from tests.factories import ConflictFactory, FindingFactory, InitiativeFactory
from tests.history.versions import changes, update

pytestmark = pytest.mark.django_db


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
    assert summary(changes(case, update(case, **values))) == words


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

    assert summary(changes(case, write)) == (
        "1 finding added; 2 findings changed; 1 finding removed; "
        "1 conflict removed; summary changed"
    )

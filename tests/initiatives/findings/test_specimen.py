"""Which finding the home page shows as an example."""

import pytest

from casebase.change_tracking.transactions import update_derived_data
from casebase.facets.snapshot_cache import current_snapshot
from initiatives.findings.specimen import find_specimen
from initiatives.models import Finding
from tests.factories import FindingFactory

pytestmark = pytest.mark.django_db
ANSWERED = {"kind": "barrier", "response": "They asked.", "direction": "mixed"}


def specimen():
    update_derived_data()
    return find_specimen(current_snapshot())


def test_without_findings_there_is_no_specimen():
    FindingFactory(kind="barrier", response="They asked.")
    FindingFactory(kind="barrier", direction="helped")
    assert specimen() is None


def test_editors_choose_it():
    chosen = FindingFactory(**ANSWERED, is_specimen=True)
    FindingFactory(**ANSWERED, sources=3)
    assert specimen() == chosen


@pytest.mark.parametrize("status", ["draft", "review", "withdrawn"])
def test_what_is_not_public_is_no_specimen(status):
    hidden = {"initiative__status": status, "initiative__status_note": "Why."}
    FindingFactory(**ANSWERED, **hidden, is_specimen=True)
    assert specimen() is None
    public = FindingFactory(**ANSWERED)
    FindingFactory(**ANSWERED, sources=0, is_specimen=True)
    assert specimen() == public


def test_otherwise_the_best_supported_one_with_most_works_is_shown():
    FindingFactory(**ANSWERED)
    several = FindingFactory(**ANSWERED, sources=2)
    FindingFactory(**ANSWERED)
    assert specimen() == several
    graded = FindingFactory(**ANSWERED, grade_override=1, grade_note="We saw it.")
    assert specimen() == graded
    Finding.objects.update(is_specimen=True)
    assert specimen() == graded

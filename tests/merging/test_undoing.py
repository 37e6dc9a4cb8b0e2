"""A merge is undone as a whole, or not at all."""

import pytest

from casebase.change_tracking.models import Counter
from casebase.change_tracking.transactions import update_derived_data
from casebase.desk.merging.merge import MergeError, unmerge
from casebase.desk.merging.models import Merge
from casebase.history.models import Edit
from casebase.history.undoing import undo
from initiatives.models import Finding
from references.models import Reference
from tests.factories import PersonFactory, ReferenceFactory
from tests.merging.pairs import PAIRS, merge_pair
from tests.merging.states import state
from tests.once import once_except

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", PAIRS)
def test_undoing_a_merge_restores_all_rows(name):
    kept, gone, sides = PAIRS[name]()
    update_derived_data()
    before = state()
    row = merge_pair(name, kept, gone, **sides)
    assert state() != before
    unmerge(row, by=None)
    assert state() == before
    assert not row.can_be_undone


@pytest.mark.parametrize("name", ["works", "terms"])
def test_a_merge_can_be_undone_in_the_history(name):
    kept, gone, sides = PAIRS[name]()
    row = merge_pair(name, kept, gone, **sides)
    assert row.edit.act == Edit.Act.MERGE
    assert row.edit.why == f"Merged: “{row.gone}” into “{row.kept}”"
    undo(row.edit)
    assert type(gone).objects.filter(pk=gone.pk).exists()
    assert not Merge.objects.get().can_be_undone


@pytest.mark.parametrize("name", once_except({"works"}, PAIRS))
def test_a_merge_and_its_undoing_increase_the_version(name):
    kept, gone, sides = PAIRS[name]()
    version = Counter.objects.current()
    row = merge_pair(name, kept, gone, **sides)
    merged_at = Counter.objects.current()
    unmerge(row, by=None)
    assert version < merged_at < Counter.objects.current()


def test_a_merge_is_undone_once():
    kept, gone, sides = PAIRS["works"]()
    row = merge_pair("works", kept, gone, **sides)
    unmerge(row, by=None)
    with pytest.raises(MergeError, match="undone already"):
        unmerge(row, by=None)


CHANGES = {
    "a field": lambda kept: Reference.objects.filter(pk=kept.pk).update(title="Other"),
    "a use": lambda kept: kept.uses.update(reference=ReferenceFactory()),
    "its key": lambda kept: ReferenceFactory(key="gone"),
    "a finding": lambda kept: Finding.objects.filter(sources__locator="").delete(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_merge_with_later_changes_can_not_be_undone(change):
    kept, gone, sides = PAIRS["works"]()
    row = merge_pair("works", kept, gone, **sides)
    change(kept)
    before = state()
    with pytest.raises(MergeError, match="was changed since"):
        unmerge(row, by=None)
    assert state() == before
    assert Merge.objects.get().undone_at is None


def test_unrelated_changes_do_not_prevent_undoing():
    kept, gone, sides = PAIRS["works"]()
    row = merge_pair("works", kept, gone, **sides)
    person = PersonFactory()
    Reference.objects.filter(pk=kept.pk).update(publisher="Wiley")
    unmerge(row, by=None)
    kept.refresh_from_db()
    assert (kept.publisher, person.works.count()) == ("Wiley", 0)


def test_a_record_is_not_merged_with_itself():
    kept, gone, _ = PAIRS["works"]()
    before = state()
    with pytest.raises(LookupError):
        merge_pair("works", kept, kept)
    assert state() == before
    assert "into" in str(merge_pair("works", kept, gone))

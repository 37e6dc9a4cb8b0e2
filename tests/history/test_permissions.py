"""Users may undo and restore what they may change on the record's own page."""

import pytest
from django.urls import reverse

from casebase.change_tracking.transactions import tracked_transaction
from casebase.history.models import Edit
from initiatives.models import Initiative, Strategy
from references.models import Reference
from tests.desk import Curator, admin_url
from tests.factories import ConceptFactory, InitiativeFactory, ReferenceFactory
from tests.group_members import CodebookKeeper, Contributor

pytestmark = [pytest.mark.django_db, pytest.mark.once]

EVERYBODY = {"Contributor": Contributor, "Curator": Curator, "Keeper": CodebookKeeper}


def draft():
    return InitiativeFactory(status="draft", summary="Before.")


def in_review():
    return InitiativeFactory(status="review", summary="Before.")


def public():
    return InitiativeFactory(summary="Before.")


def work():
    return ReferenceFactory(title="Before.")


def term():
    return ConceptFactory(scheme="strategies", definition="Before.")


TEXT = {Initiative: "summary", Reference: "title", Strategy: "definition"}
# What an edit did, and to which record → who may undo it.
MAY_UNDO = {
    ("made", draft): {"Curator"},
    ("made", in_review): {"Curator"},
    ("made", public): {"Curator"},
    ("made", work): {"Curator"},
    ("made", term): {"Keeper"},
    ("changed", draft): {"Contributor", "Curator"},
    ("changed", in_review): {"Curator"},
    ("changed", public): {"Curator"},
    ("changed", work): {"Curator"},
    ("changed", term): {"Keeper"},
    ("deleted", draft): {"Contributor", "Curator"},
    ("deleted", in_review): {"Curator"},
    ("deleted", public): {"Curator"},
    ("deleted", work): {"Curator"},
    ("deleted", term): {"Keeper"},
}


def done(act, make):
    """Return the record that the last edit created, changed or deleted."""
    with tracked_transaction():
        record = make()
    if act == "changed":
        with tracked_transaction():
            type(record).objects.filter(pk=record.pk).update(
                **{TEXT[type(record)]: "After."}
            )
    if act == "deleted":
        with tracked_transaction():
            type(record).objects.get(pk=record.pk).delete()
    return record


@pytest.mark.parametrize("name", EVERYBODY)
@pytest.mark.parametrize(
    ("act", "make"), MAY_UNDO, ids=[f"{act}-{of.__name__}" for act, of in MAY_UNDO]
)
def test_an_edit_is_undone_by_who_may_do_the_same_to_its_records(act, make, name):
    record, person = done(act, make), EVERYBODY[name]()
    edit, is_allowed = Edit.objects.first(), name in MAY_UNDO[act, make]
    shown = person.client.get(reverse("admin:history_edit_change", args=[edit.pk]))
    assert ("Undo this edit" in shown.text) is is_allowed
    address = reverse("admin:history_edit_undo", args=[edit.pk])
    assert person.client.post(address).status_code == (302 if is_allowed else 403)
    assert edit.undone_by.exists() is is_allowed
    there = {"made": not is_allowed, "deleted": is_allowed}.get(act, True)
    if make is not public:  # What readers could see is withdrawn instead.
        assert type(record).objects.filter(pk=record.pk).exists() is there


def test_another_persons_draft_is_not_deleted_by_undoing_what_made_it():
    with tracked_transaction():
        case = draft()
    contributor = Contributor()
    undo = reverse("admin:history_edit_undo", args=[Edit.objects.get().pk])
    assert contributor.delete(case).status_code == 403
    assert contributor.client.post(undo).status_code == 403
    assert Initiative.objects.filter(pk=case.pk).exists()


MAY_RESTORE = {
    ("changed", draft): {"Contributor", "Curator"},
    ("changed", public): {"Curator"},
    ("deleted", draft): {"Contributor", "Curator"},
    ("deleted", public): {"Curator"},
    ("deleted", work): {"Curator"},
}


@pytest.mark.parametrize("name", ["Contributor", "Curator"])
@pytest.mark.parametrize(
    ("act", "make"),
    MAY_RESTORE,
    ids=[f"{act}-{of.__name__}" for act, of in MAY_RESTORE],
)
def test_a_version_is_restored_by_who_may_do_the_same_to_the_record(act, make, name):
    record, person = done(act, make), EVERYBODY[name]()
    is_allowed = name in MAY_RESTORE[act, make]
    key = record.pk
    listed = person.client.get(admin_url(record, "history", key))
    assert ("restore/?version=1" in listed.text) is is_allowed
    address = f"{admin_url(record, 'restore', key)}?version=1"
    assert person.client.post(address).status_code == (302 if is_allowed else 403)
    found = type(record).objects.filter(pk=key).values_list(TEXT[type(record)])
    assert [*found] == ([("Before.",)] if is_allowed else [*found])
    assert Edit.objects.filter(act="restore").exists() is is_allowed


def test_nobody_restores_that_a_record_was_deleted():
    record = done("deleted", draft)
    address = f"{admin_url(record, 'restore', record.pk)}?version=2"
    answer = Curator().client.post(address)
    assert "This version says that the record was deleted." in answer.text

"""What migrations changed is recorded after them."""

import pytest
from django.db import connection
from django.db.migrations import Migration

from casebase.change_tracking import triggers
from casebase.change_tracking.transactions import tracked_transaction
from casebase.history import version_recording
from casebase.history.models import Edit, Version
from initiatives.models import Initiative
from tests.factories import InitiativeFactory
from tests.history.versions import numbers

pytestmark = pytest.mark.django_db


def migrate(app="history"):
    plan = [(Migration("0001_initial", app), False)]
    version_recording.after_migrations(using="default", plan=plan)


@pytest.mark.django_db(transaction=True)
def test_migrations_note_what_was_there_before():
    case = InitiativeFactory()
    for _ in range(2):
        migrate()
        assert Edit.objects.get().act == "beginning"
        assert numbers(case) == [1]


@pytest.mark.django_db(transaction=True)
def test_migrations_of_the_content_note_what_they_changed():
    with tracked_transaction():
        case, gone = InitiativeFactory(), InitiativeFactory()
    key = gone.pk
    with triggers.untracked_transaction():
        Initiative.objects.filter(pk=case.pk).update(summary="Migrated.")
        gone.delete()
    migrate("search")
    assert numbers(case) == [1]
    migrate("initiatives")
    assert numbers(case) == [1, 2]
    assert Version.objects.of("initiative", key).first().is_deletion


@pytest.mark.django_db(transaction=True)
def test_others_can_write_while_all_records_are_compared(monkeypatch):
    monkeypatch.setattr(version_recording, "CHUNK", 1)
    with tracked_transaction():
        cases = InitiativeFactory.create_batch(3)
    with triggers.untracked_transaction():
        Initiative.objects.update(evidence_note="Migrated.")

    def write_meanwhile(chunks):
        for n, chunk in enumerate(chunks):
            assert not connection.in_atomic_block
            with tracked_transaction():
                Initiative.objects.filter(pk=cases[2].pk).update(summary=f"Edit {n}.")
            yield chunk

    version_recording.record_all(track=write_meanwhile)
    assert [numbers(case) for case in cases] == [[1, 2], [1, 2], [1, 2, 3, 4]]
    assert Edit.objects.with_counts().get(act="beginning").n_records == 2


@pytest.mark.parametrize("plan", [[], None])
def test_where_nothing_migrates_nothing_is_noted(plan):
    InitiativeFactory()
    version_recording.after_migrations(using="default", plan=plan)
    assert not Edit.objects.exists()


def test_halfway_back_nothing_is_noted():
    InitiativeFactory()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'history'")
    migrate()
    assert not Edit.objects.exists()

"""Tracked transactions update derived data before they commit."""

import pytest
from django.db import DatabaseError, transaction

from casebase.change_tracking import transactions
from casebase.change_tracking.transactions import tracked_transaction
from initiatives.models import Initiative
from tests.factories import InitiativeFactory

pytestmark = pytest.mark.django_db


def test_derived_data_are_updated_once_for_all_touched_records(updates):
    with tracked_transaction():
        keys = {InitiativeFactory().pk, InitiativeFactory().pk}
    assert updates == [{"initiative": keys}]
    with tracked_transaction():
        pass
    assert len(updates) == 1


def test_changes_made_outside_are_processed_by_the_next_transaction(updates):
    case = InitiativeFactory()
    with tracked_transaction():
        pass
    assert updates == [{"initiative": {case.pk}}]


def test_an_error_in_an_update_rolls_the_transaction_back(monkeypatch):
    def fail(touched):
        raise DatabaseError

    monkeypatch.setattr(transactions, "DERIVED_DATA_UPDATERS", [fail])
    with pytest.raises(DatabaseError), tracked_transaction():
        InitiativeFactory()
    assert not Initiative.objects.exists()


def test_derived_data_are_not_updated_after_a_rollback(updates):
    with tracked_transaction():
        InitiativeFactory()
        transaction.set_rollback(True)
    assert updates == []

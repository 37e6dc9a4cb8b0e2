"""Fixtures of the tests of change tracking."""

import pytest

from casebase.change_tracking import transactions
from casebase.change_tracking.models import Touched


@pytest.fixture
def updates(monkeypatch):
    """The arguments with which the derived data were updated, one for each call."""
    calls = []
    monkeypatch.setattr(transactions, "DERIVED_DATA_UPDATERS", [calls.append])
    Touched.objects.update(is_followed=True)
    return calls

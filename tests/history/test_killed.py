"""A writing that is killed when its versions are written too: all or nothing."""

import pytest

from tests.killed_process import rows_before_and_after_kill

WRITE = """
from casebase.change_tracking import transactions
from casebase.history.models import Version
from initiatives.models import Initiative
def halt_when_kept(touched):
    assert Version.objects.count() == 3
    halt()
transactions.DERIVED_DATA_UPDATERS.append(halt_when_kept)
with transactions.tracked_transaction(action="import"):
    for n in range(3):
        Initiative.objects.create(slug=f"case-{n}", name=f"Case {n}")
"""


@pytest.mark.django_db(transaction=True)
def test_a_writing_that_is_killed_leaves_no_version_either(tmp_path):
    before, after = rows_before_and_after_kill(WRITE, tmp_path)
    assert after == before

"""A plan whose save is killed is as it was before."""

import pytest

from casebase.kept.models import Kept
from tests.killed_process import rows_before_and_after_kill

SAVE = """
from django.test import Client
from django.test.utils import setup_test_environment
from casebase.kept.models import Kept
setup_test_environment()
save = Kept.save
Kept.save = lambda *args, **options: (save(*args, **options), halt())
form = {{"_version": "1", "title": "New"}}
Client().post("/plan/{}/start/", form)
"""


@pytest.mark.django_db(transaction=True)
def test_a_save_that_is_killed_changes_nothing(tmp_path):
    token = Kept.start(Kept.Kind.PLAN, {"start": {"title": "Old"}}).token
    before, after = rows_before_and_after_kill(SAVE.format(token), tmp_path)
    assert "Old" in str(before)
    assert after == before

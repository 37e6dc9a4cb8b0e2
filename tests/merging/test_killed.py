"""A killed merge writes nothing."""

import pytest

from tests.killed_process import rows_before_and_after_kill
from tests.merging.pairs import PAIRS

MERGE = """
from casebase.desk.merging import merge
from casebase.desk.merging.mergeable import KINDS
merge.check_result = halt
kind = KINDS["works"]
two = merge.get_pair(kind, {kept}, {gone})
mark = merge.compute_mark(kind, *two)
merge.merge(kind, {kept}, {gone}, sides={{}}, mark=mark, by=None)
"""


@pytest.mark.django_db(transaction=True)
def test_a_merge_that_is_killed_writes_nothing(tmp_path):
    kept, gone, _ = PAIRS["works"]()
    code = MERGE.format(kept=kept.pk, gone=gone.pk)
    before, after = rows_before_and_after_kill(code, tmp_path)
    assert after == before

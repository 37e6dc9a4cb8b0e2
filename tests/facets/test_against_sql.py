"""The index gives the same results as SQL, however records are edited."""

from random import Random

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from casebase.facets import column_reader
from casebase.facets.snapshot_cache import SNAPSHOTS
from tests.facets.random_edits import World
from tests.facets.random_findings import check_findings
from tests.facets.random_queries import check_cases, check_works

EXAMPLES = settings(
    max_examples=6,
    # No shrinking: a smaller seed is not simpler.
    phases=[Phase.reuse, Phase.generate],
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.function_scoped_fixture,
    ],
)

# Random generators from seeds: values that hypothesis draws itself repeat too often.
CHANCES = st.integers(0, 2**32).map(Random)


@pytest.mark.once
@pytest.mark.django_db(transaction=True)
@EXAMPLES
@given(CHANCES)
def test_lists_equal_sql_after_random_edits(chance):
    world = World.create(chance)
    check_cases(chance)
    for _ in range(2):
        world.edit_some()
        check_works(chance)
        check_cases(chance)
        check_findings(chance)


@pytest.mark.django_db(transaction=True)
@settings(EXAMPLES, max_examples=3)
@given(CHANCES)
def test_lists_equal_sql_if_records_are_read_by_ranges(chance):
    world = World.create(chance)
    world.edit_some()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(column_reader, "RANGE", 3)
        patch.setattr(column_reader, "RANGE_OF_OWNERS", 2)
        # A thread has no SQLite database in memory.
        patch.setattr(column_reader, "FEWEST_RANGES_FOR_THREADS", 2**11)
        patch.setattr(SNAPSHOTS, "_snapshot", None)
        check_cases(chance)
        check_works(chance)
        check_findings(chance)


@pytest.mark.django_db(transaction=True)
@settings(EXAMPLES, max_examples=3)
@given(CHANCES)
def test_a_transaction_sees_its_own_changes_and_a_rollback_undoes_them(chance):
    world = World.create(chance)
    with transaction.atomic():
        for _ in range(2):
            world.edit_some()
            chance.choice([check_cases, check_works, check_findings])(chance)
        transaction.set_rollback(True)
    check_cases(chance)
    # New edits may reach the same version as those that were rolled back.
    for _ in range(3):
        world.edit_some()
    check_cases(chance)
    check_works(chance)
    check_findings(chance)

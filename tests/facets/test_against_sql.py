"""Whatever is in the casebase, however it is edited: the index says what SQL says."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.facets.edits import World
from tests.facets.questions import ask_for_cases, ask_for_works

EXAMPLES = settings(
    max_examples=15,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.function_scoped_fixture,
    ],
)


@pytest.mark.django_db(transaction=True)
@EXAMPLES
@given(st.randoms(use_true_random=False), st.integers(1, 6))
def test_lists_say_what_sql_says_after_every_edit(chance, edits):
    world = World(chance)
    for _ in range(edits):
        world.edit()
        chance.choice([ask_for_cases, ask_for_works])(chance)


@pytest.mark.django_db(transaction=True)
@settings(EXAMPLES, max_examples=4)
@given(st.randoms(use_true_random=False))
def test_who_writes_sees_it_at_once_and_others_never_what_was_taken_back(chance):
    world = World(chance)
    with transaction.atomic():
        for _ in range(3):
            world.edit()
            chance.choice([ask_for_cases, ask_for_works])(chance)
        transaction.set_rollback(True)
    ask_for_cases(chance)
    ask_for_works(chance)

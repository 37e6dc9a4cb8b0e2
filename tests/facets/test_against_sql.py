"""Whatever is in the casebase, however it is edited: the index says what SQL says."""

from random import Random

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.facets.edits import World
from tests.facets.questions import ask_for_cases, ask_for_works

EXAMPLES = settings(
    max_examples=6,
    # A seed does not get simpler.
    phases=[Phase.reuse, Phase.generate],
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.function_scoped_fixture,
    ],
)

# Real chance from a seed: what hypothesis draws itself is too often the same.
CHANCES = st.integers(0, 2**32).map(Random)


@pytest.mark.django_db(transaction=True)
@EXAMPLES
@given(CHANCES)
def test_lists_say_what_sql_says_after_edits_of_any_sort(chance):
    world = World.begun(chance)
    ask_for_cases(chance)
    for _ in range(2):
        world.edit_some()
        ask_for_works(chance)
        ask_for_cases(chance)


@pytest.mark.django_db(transaction=True)
@settings(EXAMPLES, max_examples=3)
@given(CHANCES)
def test_who_writes_sees_it_at_once_and_others_never_what_was_taken_back(chance):
    world = World.begun(chance)
    with transaction.atomic():
        for _ in range(2):
            world.edit_some()
            chance.choice([ask_for_cases, ask_for_works])(chance)
        transaction.set_rollback(True)
    ask_for_cases(chance)
    # The version may come to be what it was in vain.
    for _ in range(3):
        world.edit_some()
    ask_for_cases(chance)
    ask_for_works(chance)

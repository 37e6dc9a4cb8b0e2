"""What tests of the steps of a plan share: a plan, and a reader at its first step."""

import pytest

from tests.initiatives.plan.world import Reader, create_steps, start_plan


@pytest.fixture
def steps():
    return create_steps()


@pytest.fixture
def kept(steps):
    return start_plan()


@pytest.fixture
def reader(client, kept):
    reader = Reader(client, kept.token)
    reader.get("map-it/")
    return reader

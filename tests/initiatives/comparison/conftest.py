"""Fixtures of the tests of comparisons."""

import pytest

from tests.factories import InitiativeFactory


@pytest.fixture
def cases():
    """Five cases, named by the letters of their slugs."""
    return {slug: InitiativeFactory(slug=slug, name=f"Case {slug}") for slug in "abcde"}

"""Lists of short texts, kept one a line."""

import pytest
from django.core import serializers

from tests.factories import InitiativeFactory

pytestmark = pytest.mark.django_db


def test_blank_lines_and_spaces_at_the_ends_are_dropped():
    case = InitiativeFactory(target_groups=["  young people ", "", "residents"])
    case.refresh_from_db()
    assert case.target_groups == ["young people", "residents"]


def test_they_come_back_from_a_dump_of_the_database():
    case = InitiativeFactory(target_groups=["young people", "residents"])
    [again] = serializers.deserialize("json", serializers.serialize("json", [case]))
    assert again.object.target_groups == ["young people", "residents"]

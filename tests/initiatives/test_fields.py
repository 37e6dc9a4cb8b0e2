"""The model field for lists of short texts."""

import pytest
from django.core import serializers

from tests.factories import InitiativeFactory

pytestmark = pytest.mark.django_db


def test_blank_lines_and_spaces_at_the_ends_are_dropped():
    case = InitiativeFactory(target_groups=["  young people ", "", "residents"])
    case.refresh_from_db()
    assert case.target_groups == ["young people", "residents"]


def test_lists_survive_serialization():
    case = InitiativeFactory(target_groups=["young people", "residents"])
    [restored] = serializers.deserialize("json", serializers.serialize("json", [case]))
    assert restored.object.target_groups == ["young people", "residents"]

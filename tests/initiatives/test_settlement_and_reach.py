"""The facets settlement and reach of the list of initiatives."""

import pytest

from tests.factories import InitiativeFactory
from tests.initiatives.test_filters import counts, filtered, matches

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("parameter", "value", "other", "message"),
    [
        ("settlement", "town", "rural", "“zzz” is not a kind of settlement."),
        ("reach", "nation", "region", "“zzz” is not a reach."),
    ],
)
def test_settlement_and_reach_are_facets(parameter, value, other, message):
    first = InitiativeFactory(**{parameter: value})
    second = InitiativeFactory(**{parameter: other})
    InitiativeFactory(**{parameter: ""})
    assert matches(f"{parameter}={value}") == {first}
    assert matches(f"{parameter}={value}&{parameter}={other}") == {first, second}
    assert counts(f"{parameter}={value}", parameter) == {value: 1, other: 1}
    [(label, text)] = filtered(f"{parameter}=zzz").validation_errors
    assert (label, text) == (parameter.capitalize(), message)
    assert not matches(f"{parameter}=zzz")


def test_settlement_and_reach_in_words():
    InitiativeFactory(settlement="large-city", reach="neighbourhood")
    sentence = filtered("settlement=large-city&settlement=town&reach=neighbourhood")
    assert sentence.sentence == "1 case in a large city or town, of neighbourhood reach"

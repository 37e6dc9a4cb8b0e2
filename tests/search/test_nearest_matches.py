"""Records with most of the words of a query."""

import pytest
from pyroaring import BitMap

from casebase.change_tracking.transactions import update_derived_data
from casebase.search import index
from casebase.search.queries import excluded, matching, nearest
from tests.factories import InitiativeFactory

pytestmark = pytest.mark.django_db


def test_the_nearest_have_most_of_the_words_and_the_rarest():
    one = InitiativeFactory(summary="Lamplighters and beekeepers, and gardeners.")
    two = InitiativeFactory(summary="Lamplighters and gardeners, and bakers.")
    three = InitiativeFactory(summary="Gardeners and beekeepers and others.")
    InitiativeFactory.create_batch(3, summary="Gardeners and bakers and others.")
    all_words = InitiativeFactory(summary="Lamplighters, beekeepers, gardeners, cooks.")
    update_derived_data()
    text = "gardeners lamplighters beekeepers cooks"
    others = matching("initiative", text)
    assert list(others) == [all_words.pk]
    near = nearest("initiative", text, others, 3)
    assert list(near) == [one.pk, two.pk, three.pk] or list(near) == [
        *(one.pk, three.pk, two.pk)
    ]
    assert near[one.pk] == ["cooks"]
    assert near[two.pk] == ["beekeepers", "cooks"]
    assert nearest("initiative", "cooks", BitMap(), 3) == {}
    assert nearest("initiative", "nothing nowhere", BitMap(), 3) == {}
    none = excluded("initiative", "gardeners -lamplighters")
    assert set(none) == {one.pk, two.pk, all_words.pk}


def test_of_very_many_those_with_most_words_are_compared(monkeypatch):
    monkeypatch.setattr(index, "MOST_RANKED", 2)
    most = InitiativeFactory(summary="Lamplighters and bees and gardeners.")
    InitiativeFactory.create_batch(4, challenge="Lamplighters, bees.")
    update_derived_data()
    near = nearest("initiative", "lamplighters bees gardeners cooks", BitMap(), 9)
    assert len(near) == 2
    assert near[most.pk] == ["cooks"]


def test_what_has_little_of_it_is_not_shown_beside_what_has_much():
    much = InitiativeFactory(summary="Lamplighters and beekeepers, and gardeners.")
    little = InitiativeFactory.create_batch(4, summary="Gardeners.")
    update_derived_data()
    text = "lamplighters beekeepers gardeners cooks"
    assert list(nearest("initiative", text, BitMap(), 9)) == [much.pk]
    alone = nearest("initiative", text, BitMap([much.pk]), 9)
    assert set(alone) == {case.pk for case in little}

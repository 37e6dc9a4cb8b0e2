"""What has most of the words of a query."""

import html5lib
import pytest
from pyroaring import BitMap
from pytest_django.asserts import assertContains, assertNotContains

from casebase.change_tracking.transactions import follow
from casebase.search import index
from casebase.search.queries import excluded, matching, nearest
from tests.factories import ConceptFactory, InitiativeFactory, ReferenceFactory

pytestmark = pytest.mark.django_db


def test_the_nearest_have_most_of_the_words_and_the_rarest():
    one = InitiativeFactory(summary="Lamplighters and beekeepers, and gardeners.")
    two = InitiativeFactory(summary="Lamplighters and gardeners, and bakers.")
    three = InitiativeFactory(summary="Gardeners and beekeepers and others.")
    InitiativeFactory.create_batch(3, summary="Gardeners and bakers and others.")
    all_words = InitiativeFactory(summary="Lamplighters, beekeepers, gardeners, cooks.")
    follow()
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
    follow()
    near = nearest("initiative", "lamplighters bees gardeners cooks", BitMap(), 9)
    assert len(near) == 2
    assert near[most.pk] == ["cooks"]


def test_what_has_little_of_it_is_not_shown_beside_what_has_much():
    much = InitiativeFactory(summary="Lamplighters and beekeepers, and gardeners.")
    little = InitiativeFactory.create_batch(4, summary="Gardeners.")
    follow()
    text = "lamplighters beekeepers gardeners cooks"
    assert list(nearest("initiative", text, BitMap(), 9)) == [much.pk]
    alone = nearest("initiative", text, BitMap([much.pk]), 9)
    assert set(alone) == {case.pk for case in little}


def test_kinds_with_all_of_the_words_come_before_those_with_some(client):
    ConceptFactory(label="Melgar")
    InitiativeFactory(summary="A work of 2014.")
    ReferenceFactory(title="Melgar", issued_year=2014)
    follow()

    def kinds(text):
        page = client.get("/search/", {"q": text})
        return [one.section.kind for one in page.context["search"].results]

    assert kinds("Melgar 2014") == ["reference", "concept", "initiative"]
    assert kinds("Melgar") == ["concept", "reference"]
    assert kinds("Melgar 2014 nowhere") == ["concept", "initiative", "reference"]


@pytest.mark.parametrize("address", ["/search/", "/initiatives/"])
def test_where_nothing_is_left_of_what_is_wanted_this_is_said(client, address):
    InitiativeFactory(summary="Older people.", country="DE")
    follow()
    for text in ("older -people", "older NOT (people OR nowhere)"):
        page = client.get(address, {"q": text, "page": 1})
        assertContains(page, '<a href="?q=older')
        assertContains(page, "older</a>” also have “people")
        assertNotContains(page, "None of these words occurs here")
        html5lib.HTMLParser(strict=True).parse(page.text)
    for text in ("nowhere -people", "older nowhere", "-older", "nowhere"):
        page = client.get(address, {"q": text})
        assertNotContains(page, "also have")
    page = client.get("/initiatives/", {"q": "older -people", "country": "FR"})
    assertNotContains(page, "also have")

"""Addresses of what was deleted: readers who knew it hear that it is gone."""

import pytest
from django.db import connection
from pytest_django.asserts import assertContains, assertRedirects

from casebase.change_tracking.transactions import written_together
from initiatives.models import Initiative
from tests.factories import ConceptFactory, InitiativeFactory, ReferenceFactory

pytestmark = pytest.mark.django_db

MAKERS = [InitiativeFactory, ConceptFactory, ReferenceFactory]
GONE = "What stood here is gone"


def made(factory, **fields):
    """A record as a form or a load makes it, which the history follows."""
    with written_together():
        return factory(**fields)


def deleted(record):
    """Its address."""
    address = record.get_absolute_url()
    with written_together():
        record.delete()
    return address


@pytest.mark.parametrize("factory", MAKERS)
def test_the_address_of_a_deleted_record_says_that_it_is_gone(client, factory):
    address = deleted(made(factory))
    assertContains(client.get(address), GONE, status_code=410)


@pytest.mark.parametrize("factory", MAKERS)
def test_every_address_that_it_had_says_so(client, factory):
    record = made(factory)
    first = record.get_absolute_url()
    field = "key" if factory is ReferenceFactory else "slug"
    with written_together():
        record.rename(**{field: "another-name"})
    second = deleted(record)
    for address in (first, second):
        assertContains(client.get(address), GONE, status_code=410)


def test_deleted_past_every_model_a_case_leaves_its_address_behind(client):
    case = made(InitiativeFactory)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM initiatives_initiative WHERE id = %s", [case.pk])
    answer = client.get(case.get_absolute_url())
    assertContains(answer, GONE, status_code=410)


def test_withdrawn_and_deleted_a_case_still_says_why(client):
    case = made(InitiativeFactory)
    with written_together():
        case.withdraw(reason="The council asked us to.")
    address = deleted(case)
    assertContains(client.get(address), "The council asked us to.", status_code=410)


def test_notes_on_edits_are_not_shown(client):
    case = made(InitiativeFactory)
    with written_together(why="Nobody but us is to know."):
        case.delete()
    answer = client.get(case.get_absolute_url())
    assert answer.status_code == 410
    assert "Nobody but us" not in answer.text


def test_taken_back_past_every_rule_a_case_answers_at_its_address(client):
    case = made(InitiativeFactory)
    with written_together():
        Initiative.objects.update(status="draft")
    assertContains(client.get(case.get_absolute_url()), GONE, status_code=410)


@pytest.mark.parametrize("status", ["draft", "review"])
def test_what_no_reader_ever_saw_leaves_nothing_behind(client, status):
    address = deleted(made(InitiativeFactory, status=status))
    assert client.get(address).status_code == 404


def test_what_never_was_is_not_gone(client):
    for address in ("/initiatives/x/", "/barriers/x/", "/references/x/"):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("factory", MAKERS)
def test_a_new_record_may_stand_where_another_stood(client, factory):
    record = made(factory)
    name = {"key": record.key} if hasattr(record, "key") else {"slug": record.slug}
    address = deleted(record)
    made(factory, **name)
    assert client.get(address).status_code == 200


def test_an_address_that_leads_on_is_not_gone(client):
    gone, stays = made(ReferenceFactory, key="a-2014"), made(ReferenceFactory, key="b")
    address = deleted(gone)
    stays.former_keys.create(key="a-2014")
    answer = client.get(address)
    assertRedirects(answer, stays.get_absolute_url(), status_code=301)

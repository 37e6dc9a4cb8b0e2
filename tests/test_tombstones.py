"""Tombstones: the addresses of deleted public records get 410."""

import pytest
from django.db import connection
from pytest_django.asserts import assertContains, assertRedirects

from casebase.change_tracking.transactions import tracked_transaction
from initiatives.models import Initiative
from tests.factories import ConceptFactory, InitiativeFactory, ReferenceFactory

pytestmark = pytest.mark.django_db

FACTORIES = [InitiativeFactory, ConceptFactory, ReferenceFactory]
GONE = "This page was deleted"


def create(factory, **fields):
    """Create a record in a tracked transaction, as a form does, so it has a version."""
    with tracked_transaction():
        return factory(**fields)


def delete(record):
    """Delete the record. Returns its address."""
    address = record.get_absolute_url()
    with tracked_transaction():
        record.delete()
    return address


@pytest.mark.parametrize("factory", FACTORIES)
def test_the_address_of_a_deleted_record_gets_410(client, factory):
    address = delete(create(factory))
    assertContains(client.get(address), GONE, status_code=410)


@pytest.mark.parametrize("factory", FACTORIES)
def test_former_addresses_of_a_deleted_record_get_410(client, factory):
    record = create(factory)
    first = record.get_absolute_url()
    field = "key" if factory is ReferenceFactory else "slug"
    with tracked_transaction():
        record.rename(**{field: "another-name"})
    second = delete(record)
    for address in (first, second):
        assertContains(client.get(address), GONE, status_code=410)


def test_a_case_that_was_deleted_by_sql_gets_410(client):
    case = create(InitiativeFactory)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM initiatives_initiative WHERE id = %s", [case.pk])
    answer = client.get(case.get_absolute_url())
    assertContains(answer, GONE, status_code=410)


def test_the_reason_of_a_withdrawal_is_shown_after_deletion(client):
    case = create(InitiativeFactory)
    with tracked_transaction():
        case.withdraw(reason="The council asked us to.")
    address = delete(case)
    assertContains(client.get(address), "The council asked us to.", status_code=410)


def test_notes_on_edits_are_not_shown(client):
    case = create(InitiativeFactory)
    with tracked_transaction(why="Nobody but us is to know."):
        case.delete()
    answer = client.get(case.get_absolute_url())
    assert answer.status_code == 410
    assert "Nobody but us" not in answer.text


def test_a_public_case_that_became_a_draft_by_sql_gets_410(client):
    case = create(InitiativeFactory)
    with tracked_transaction():
        Initiative.objects.update(status="draft")
    assertContains(client.get(case.get_absolute_url()), GONE, status_code=410)


@pytest.mark.parametrize("status", ["draft", "review"])
def test_a_deleted_draft_gets_404(client, status):
    address = delete(create(InitiativeFactory, status=status))
    assert client.get(address).status_code == 404


def test_unknown_addresses_get_404(client):
    for address in ("/initiatives/x/", "/barriers/x/", "/references/x/"):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("factory", FACTORIES)
def test_a_new_record_can_have_the_address_of_a_deleted_one(client, factory):
    record = create(factory)
    name = {"key": record.key} if hasattr(record, "key") else {"slug": record.slug}
    address = delete(record)
    create(factory, **name)
    assert client.get(address).status_code == 200


def test_a_former_address_of_another_record_redirects(client):
    deleted, other = (
        create(ReferenceFactory, key="a-2014"),
        create(ReferenceFactory, key="b"),
    )
    address = delete(deleted)
    other.former_keys.create(key="a-2014")
    answer = client.get(address)
    assertRedirects(answer, other.get_absolute_url(), status_code=301)

"""Suggestions at the desk, from the queue to their answer and to their deletion."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.db import connection
from pytest_django.asserts import assertContains, assertNotContains

from casebase.change_tracking.models import Counter
from casebase.change_tracking.transactions import update_derived_data
from casebase.desk.suggestions.models import Suggestion
from tests.desk import Curator, admin_url, listed_records
from tests.factories import ReferenceFactory, SuggestionFactory
from tests.suggestions.conftest import press
from tests.suggestions.test_queue import migration

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_open_suggestions_come_first():
    waiting, accepted = SuggestionFactory(), SuggestionFactory(status="accepted")
    done, refused = (
        SuggestionFactory(status="done"),
        SuggestionFactory(status="refused"),
    )
    curator = Curator()
    assert listed_records(curator.list(Suggestion)) == [accepted, waiting]
    assert listed_records(curator.list(Suggestion, state="waiting")) == [waiting]
    assert listed_records(curator.list(Suggestion, state="refused")) == [refused]
    everything = curator.list(Suggestion, state="any")
    assert listed_records(everything) == [refused, done, accepted, waiting]
    assertContains(everything, "To be done")


def test_a_draft_is_applied_with_one_click(client, suggestion, finding):
    curator, work = Curator(), ReferenceFactory()
    press(curator, suggestion, "_accept")
    fields = {"draft-0-statement": "It took 15 hours.", "draft-0-reference": work.pk}
    shown = press(curator, suggestion, "_apply", **fields | {"draft-0-via": "primary"})
    assertContains(shown, "Taken up")
    case = client.get(finding.initiative.get_absolute_url())
    assertContains(case, "It took 15 hours.")
    assertContains(case, "With a correction by Ada.")
    assertContains(case, work.title)


def test_a_name_can_be_taken_back_later(client, suggestion):
    curator = Curator()
    press(curator, suggestion, "_accept")
    press(curator, suggestion, "_close")
    address = suggestion.initiative.get_absolute_url()
    assertContains(client.get(address), "With a correction by Ada.")
    before = Counter.objects.current()
    press(curator, suggestion, "_continue", name="")
    assertNotContains(client.get(address), "Ada")
    # The cached page is no longer served.
    after = Counter.objects.current()
    assert after > before
    press(curator, suggestion, "_continue", reason="She asked us to.")
    assert Counter.objects.current() == after


@pytest.mark.parametrize("from_the_list", [True, False])
def test_deleting_a_suggestion_removes_its_name(
    admin_client, suggestion, from_the_list
):
    suggestion.mark_done(by=None)
    # Later updates of derived data would raise the number as well.
    update_derived_data()
    before = Counter.objects.current()
    address, sent = admin_url(suggestion, "delete", suggestion.pk), {"post": "yes"}
    if from_the_list:
        address = f"{admin_url(suggestion, 'changelist')}?state=done"
        sent |= {"action": "delete_selected", "_selected_action": [suggestion.pk]}
    admin_client.post(address, sent)
    assert not Suggestion.objects.exists()
    assert Counter.objects.current() > before


def test_spam_is_refused_in_bulk():
    spam = [SuggestionFactory(email="a@b.example") for _ in range(3)]
    kept = SuggestionFactory()
    sent = {"action": "refuse_chosen", "_selected_action": [s.pk for s in spam]}
    shown = Curator().client.post(admin_url(kept, "changelist"), sent, follow=True)
    assertContains(shown, "Refused: 3.")
    assert list(Suggestion.objects.open()) == [kept]


def test_the_migration_is_reversible():
    def permissions():
        group = Group.objects.get(name="Curators")
        own = group.permissions.filter(content_type__app_label="suggestions")
        return set(own.values_list("codename", flat=True))

    assert permissions() == set(migration.MAY)
    migration.take_permissions(apps, connection.schema_editor())
    assert not permissions()
    for _ in range(2):
        migration.give_permissions(apps, connection.schema_editor())
        assert permissions() == set(migration.MAY)

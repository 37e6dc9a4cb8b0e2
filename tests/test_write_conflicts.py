"""Writes that conflict with those of others: 409, and nothing is saved."""

import pytest
from django.contrib.auth.models import Group, User
from django.http import HttpResponse
from django.test import Client
from django.urls import path, reverse
from django_otp.plugins.otp_totp.models import TOTPDevice
from taggit.models import Tag

from casebase.change_tracking.decorators import (
    manages_own_transactions,
    transactional_view,
)
from casebase.change_tracking.transactions import tracked_transaction
from casebase.desk.imports.models import Upload
from casebase.desk.merging.models import Merge
from casebase.history.errors import RestoreError
from casebase.history.models import Version
from casebase.history.restoring import restore
from initiatives.models import Involvement, Organisation
from references.models import Reference
from tests.concurrent_writes import postgresql_only, run_concurrently
from tests.desk import admin_url, form_values
from tests.factories import InitiativeFactory, OrganisationFactory
from tests.merging.pairs import PAIRS, merge_pair
from tests.merging.test_pages import address


@transactional_view
def add_twice(request):
    Group.objects.create(name="First")
    Tag.objects.create(name="twice", slug="twice")
    Tag.objects.create(name="twice", slug="twice")


@transactional_view
def point_nowhere(request):
    """Write a row that the database rejects at the end of the transaction."""
    TOTPDevice.objects.create(user_id=4711, name="App")
    return HttpResponse("Saved.")


urlpatterns = [
    path("twice/", add_twice),
    path("twice/itself/", manages_own_transactions(add_twice.__wrapped__)),
    path("nowhere/", point_nowhere),
]


@pytest.fixture
def with_views_that_fail(settings, monkeypatch):
    from casebase import urls

    monkeypatch.setattr(urls, "urlpatterns", [*urlpatterns, *urls.urlpatterns])
    settings.ROOT_URLCONF = urls.__name__


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("address", ["/twice/", "/nowhere/"])
def test_a_rejected_write_gets_409_and_nothing_is_saved(
    with_views_that_fail, client, caplog, address
):
    answer = client.post(address)
    assert answer.status_code == 409
    assert answer["Cache-Control"] == "no-store"
    assert "Your changes were not saved." in answer.text
    assert not Tag.objects.exists()
    assert not Group.objects.filter(name="First").exists()
    assert not TOTPDevice.objects.exists()
    assert "Refused by the database" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_a_view_with_its_own_transactions_gets_409_too(with_views_that_fail, client):
    assert client.post("/twice/itself/").status_code == 409


# Concurrent writes


@postgresql_only
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_crossed", [False, True], ids=["twice", "crossed"])
def test_merging_two_records_that_were_just_merged(is_crossed):
    kept, gone, _ = PAIRS["works"]()
    client = Client()
    client.force_login(User.objects.create_superuser("root"))
    pair = (gone, kept) if is_crossed else (kept, gone)
    shown = client.get(address("works", *pair))
    sent = {"mark": shown.context["mark"]}
    answer = run_concurrently(
        lambda: merge_pair("works", kept, gone),
        lambda: client.post(address("works", *pair), sent, follow=True),
    )
    assert "Nothing was merged. One of these records has been" in answer.text
    assert Merge.objects.count() == 1
    assert Reference.objects.filter(pk=kept.pk).exists()


@postgresql_only
@pytest.mark.django_db(transaction=True)
def test_adding_an_account_that_was_just_added():
    client = Client()
    client.force_login(User.objects.create_superuser("root"))
    add = reverse("admin:auth_user_add")
    sent = form_values(client.get(add)) | {
        "username": "ada",
        "password1": "seven boats on a lake",
        "password2": "seven boats on a lake",
    }
    other = Client()
    other.force_login(User.objects.get())
    answer = run_concurrently(
        lambda: other.post(add, sent), lambda: client.post(add, sent)
    )
    assert "A user with that username already exists." in answer.text
    assert User.objects.filter(username="ada").count() == 1


@postgresql_only
@pytest.mark.django_db(transaction=True)
def test_deleting_an_organisation_that_was_just_added_to_a_case():
    body, case = OrganisationFactory(), InitiativeFactory()
    client = Client()
    client.force_login(User.objects.create_superuser("root"))
    delete = admin_url(body, "delete", body.pk)

    def involve():
        Involvement.objects.create(initiative=case, organisation=body, role="funder")

    answer = run_concurrently(involve, lambda: client.post(delete, {"post": "yes"}))
    assert answer.status_code == 200
    assert "would require deleting" in answer.text
    assert Organisation.objects.filter(pk=body.pk).exists()


@postgresql_only
@pytest.mark.django_db(transaction=True)
def test_restoring_a_case_that_was_just_restored():
    with tracked_transaction():
        case = InitiativeFactory()
    version = Version.objects.get(kind="initiative")
    with tracked_transaction():
        case.delete()
    with pytest.raises(RestoreError, match="says this already"):
        run_concurrently(lambda: restore(version), lambda: restore(version))


@postgresql_only
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("pressed", ["confirm", "again"])
def test_confirming_an_upload_that_was_just_deleted(pressed):
    root = User.objects.create_superuser("root")
    client = Client()
    client.force_login(root)
    upload = Upload.objects.create(kind="works", by=root, name="a.bib", content=b"")
    answer = run_concurrently(
        lambda: Upload.objects.all().delete(),
        lambda: client.post(upload.get_absolute_url(), {pressed: "yes"}, follow=True),
    )
    assert "was deleted in another window" in answer.text

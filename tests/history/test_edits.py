"""Edits at the desk: the list, what each changed, and undoing one."""

import pytest
from django.contrib.auth.models import Permission, User
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from casebase.change_tracking.transactions import tracked_transaction
from casebase.desk.admin import edits
from casebase.history.models import Edit
from initiatives.models import Initiative
from tests.factories import ConceptFactory, InitiativeFactory
from tests.history.versions import last

pytestmark = pytest.mark.django_db


def edit_page(edit):
    return reverse("admin:history_edit_change", args=[edit.pk])


def undo(curator, edit, **fields):
    address = reverse("admin:history_edit_undo", args=[edit.pk])
    return curator.client.post(address, fields, follow=True)


def test_edits_are_listed_with_how_many_records_each_changed(curator, case):
    curator.change(case, {"summary": "Other.", "why": "Plainer."})
    response = curator.client.get(reverse("admin:history_edit_changelist"))
    assertContains(response, "Plainer.")
    counts = {edit.act: edit.n_records for edit in response.context["cl"].result_list}
    assert counts == {"form": 1, "load": 2}


def test_edits_are_found_by_the_records_they_changed(curator, case):
    with tracked_transaction():
        InitiativeFactory()
    address = reverse("admin:history_edit_changelist")
    response = curator.client.get(address, {"q": "weyhe"})
    [found] = response.context["cl"].result_list
    assert (found.act, found.n_records) == ("load", 2)


def test_an_edit_leads_to_what_it_changed(curator, case):
    term = ConceptFactory(scheme="risks", slug="blame")
    with tracked_transaction():
        term.definition = "Other."
        term.save()
        case.summary = "Other."
        case.save()
    with tracked_transaction():
        case.delete()
    for edit in Edit.objects.all():
        response = curator.client.get(edit_page(edit))
        for _, address in response.context["records"]:
            assert curator.client.get(address).status_code == 200


def test_an_edit_is_undone_with_a_note(curator, case):
    curator.change(case, {"summary": "Other."})
    edit = last(case).edit
    response = undo(curator, edit, why="A slip.")
    assertContains(response, "The edit is undone.")
    assertContains(response, "Undone by")
    undone = last(case).edit
    assert (undone.by.username, undone.undoes, undone.why) == (
        "Curators",
        edit,
        "A slip.",
    )
    assertContains(curator.client.get(edit_page(undone)), "Undoes")
    assertContains(undo(curator, edit), "“weyhe” was changed since")


def test_an_edit_that_can_not_be_undone_says_why(curator):
    with tracked_transaction():
        InitiativeFactory.create_batch(25)
    edit = Edit.objects.get()
    with tracked_transaction():
        Initiative.objects.update(summary="Later.")
    response = undo(curator, edit)
    assertContains(response, "was changed since", count=20)
    assertContains(response, "… and 5 more.")


def test_an_edit_of_many_records_is_undone_by_a_command(curator, capsys, monkeypatch):
    monkeypatch.setattr(edits, "MAX_RECORDS", 1)
    with tracked_transaction():
        InitiativeFactory.create_batch(2, summary="Before.")
    with tracked_transaction():
        Initiative.objects.update(summary="After.")
    edit = Edit.objects.first()
    assertContains(undo(curator, edit), f"manage.py undo_edit {edit.pk}")
    assert not Initiative.objects.filter(summary="Before.").exists()

    call_command("undo_edit", str(edit.pk), "--why", "A slip.")
    assert capsys.readouterr().out == "The edit is undone.\n"
    assert Initiative.objects.filter(summary="Before.").count() == 2
    undone = Edit.objects.first()
    assert (undone.act, undone.why, undone.by) == ("undo", "A slip.", None)
    with pytest.raises(CommandError, match=r"Nothing was undone\.\n.*changed since"):
        call_command("undo_edit", str(edit.pk))
    call_command("undo_edit", str(undone.pk), verbosity=0)
    assert capsys.readouterr().out == ""
    with pytest.raises(CommandError, match="There is no edit 0"):
        call_command("undo_edit", "0")


def test_what_the_history_found_is_not_offered_to_be_undone(curator, case):
    Edit.objects.update(act="beginning")
    edit = Edit.objects.get()
    assertNotContains(curator.client.get(edit_page(edit)), "Undo this edit")
    assertContains(undo(curator, edit), "before the history")


def test_looking_at_the_undo_of_an_edit_leads_to_the_edit(curator, case):
    edit = Edit.objects.get()
    address = reverse("admin:history_edit_undo", args=[edit.pk])
    assert curator.client.get(address).headers["Location"] == edit_page(edit)
    assert last(case).number == 1


@pytest.mark.once
def test_an_edit_that_there_is_not_is_not_found(curator):
    for name, key in (("change", "7"), ("change", "x"), ("undo", "7")):
        address = reverse(f"admin:history_edit_{name}", args=[key])
        assert curator.client.get(address).status_code == 404


@pytest.mark.once
def test_who_may_not_change_the_records_may_not_undo(case):
    keeper = User.objects.create_user("keeper", is_staff=True)
    client = Client()
    client.force_login(keeper)
    edit = Edit.objects.get()
    assert client.get(edit_page(edit)).status_code == 403
    keeper.user_permissions.add(Permission.objects.get(codename="change_reference"))
    keeper = User.objects.get(pk=keeper.pk)
    assertNotContains(client.get(edit_page(edit)), "Undo this edit")
    address = reverse("admin:history_edit_undo", args=[edit.pk])
    assert client.post(address).status_code == 403


@pytest.mark.once
def test_nobody_writes_an_edit_by_hand(curator, case):
    edit = Edit.objects.get()
    assert curator.client.get(reverse("admin:history_edit_add")).status_code == 403
    address = reverse("admin:history_edit_delete", args=[edit.pk])
    assert curator.client.post(address, {"post": "yes"}).status_code == 403

"""The history at the desk: notes, versions, comparisons, and two who save at once."""

import pytest
from django.contrib.auth.models import Permission, User
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from changes.writing import written_together
from history.admin import edits
from history.models import Edit, Version
from initiatives.models import Finding, Initiative
from references.models import Reference
from tests.desk import Curator, form_values, new_finding, new_source, page, queries
from tests.factories import (
    ConceptFactory,
    FindingFactory,
    InitiativeFactory,
    InvolvementFactory,
    ReferenceFactory,
)
from tests.groups import Contributor, Keeper

pytestmark = pytest.mark.django_db


@pytest.fixture
def curator():
    return Curator()


@pytest.fixture
def case():
    with written_together(act="load"):
        finding = FindingFactory(
            statement="Neighbours feel safer.",
            initiative__slug="weyhe",
            initiative__summary="Volunteers walk the streets at night.",
        )
    return finding.initiative


def last(record):
    return Version.objects.filter(key=record.pk).order_by("-number").first()


def compare(curator, record, start, end):
    address = page(record, "compare", record.pk)
    return curator.client.get(address, {"from": start, "to": end})


def restore(curator, record, number, **fields):
    address = page(record, "restore", record.pk)
    return curator.client.post(f"{address}?version={number}", fields)


# Notes


@pytest.mark.parametrize(
    ("add", "fields"),
    [
        (InitiativeFactory, {"summary": "Other"}),
        (ReferenceFactory, {"title": "Other"}),
        (ConceptFactory, {"definition": "Other"}),
    ],
)
def test_a_change_is_kept_with_who_and_why(add, fields):
    record = add()
    curator = Keeper() if add is ConceptFactory else Curator()
    curator.change(record, fields | {"why": "From the annual report."})
    edit = last(record).edit
    assert (edit.by.username, edit.act) == (curator.group, "form")
    assert edit.why == "From the annual report."


def test_a_note_alone_changes_nothing(curator, case):
    curator.change(case, {"why": "Nothing."})
    case.refresh_from_db()
    assert (last(case).number, case.revised_on) == (1, None)


def test_a_new_case_has_a_note_too(curator):
    curator.add(Initiative, {"name": "Surrey", "slug": "surrey", "why": "New."})
    assert Edit.objects.get().why == "New."


def test_who_only_looks_is_asked_for_no_note(case):
    reader = User.objects.create_user("reader", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_initiative"))
    client = Client()
    client.force_login(reader)
    response = client.get(page(case, "change", case.pk))
    assertNotContains(response, "What changed, and why")
    assertContains(client.get(page(case, "history", case.pk)), "First version")
    address = f"{page(case, 'restore', case.pk)}?version=1"
    assertNotContains(client.get(page(case, "history", case.pk)), "Restore")
    assert client.get(address).status_code == 403
    work = ReferenceFactory()
    assert client.get(page(work, "history", work.pk)).status_code == 403


def test_who_may_not_change_a_case_may_not_restore_or_undo(case):
    contributor = Contributor()
    assert contributor.client.get(page(case, "history", case.pk)).status_code == 200
    assert restore(contributor, case, 1).status_code == 403
    edit = Edit.objects.get()
    address = reverse("admin:history_edit_undo", args=[edit.pk])
    assert contributor.client.post(address).status_code == 403


# Two who save at once


def test_the_second_of_two_is_told_and_keeps_the_input(curator, case):
    opened = form_values(curator.open(case))
    curator.change(case, {"challenge": "Burglaries.", "why": "From the council."})
    address = page(case, "change", case.pk)
    refused = curator.client.post(address, opened | {"summary": "Mine."})
    assertContains(refused, "<strong>Curators</strong> saved version 2")
    assertContains(refused, "From the council.")
    assertContains(refused, "?from=1&amp;to=2")
    assertContains(refused, "Mine.")
    case.refresh_from_db()
    assert (case.summary[:10], case.challenge) == ("Volunteers", "Burglaries.")

    again = form_values(refused) | {"over": "2"}
    assert curator.client.post(address, again).status_code == 302
    case.refresh_from_db()
    assert (case.summary, case.challenge) == ("Mine.", "")
    assert last(case).number == 3


def test_a_finding_by_itself_does_not_go_over_its_case_either(curator, case):
    finding = case.findings.get()
    opened = form_values(curator.open(finding))
    curator.change(case, {"findings-0-statement": "Theirs.", "why": "Plainer."})
    address = page(finding, "change", finding.pk)
    refused = curator.client.post(address, opened | {"statement": "Mine."})
    assertContains(refused, "saved version 2")
    assertContains(refused, f"{page(case, 'compare', case.pk)}?from=1&amp;to=2")
    again = form_values(refused) | {"over": "2", "why": "Mine is better."}
    assert curator.client.post(address, again).status_code == 302
    finding.refresh_from_db()
    assert (finding.statement, last(case).edit.why) == ("Mine.", "Mine is better.")


def test_saving_over_a_version_that_was_overtaken_too_is_refused(curator, case):
    opened = form_values(curator.open(case))
    for challenge in ("One.", "Two."):
        curator.change(case, {"challenge": challenge})
    address = page(case, "change", case.pk)
    refused = curator.client.post(address, opened | {"over": "2"})
    assertContains(refused, "saved version 3")


@pytest.mark.parametrize("opened_at", ["", "x", "-1", "0", str(2**70)])
def test_a_form_that_does_not_say_what_it_saw_is_refused(curator, case, opened_at):
    curator.change(case, {"summary": "Mine.", "opened_at": opened_at})
    case.refresh_from_db()
    assert case.summary != "Mine."
    assert last(case).number == 1


def test_rows_that_the_first_deleted_are_new_ones_of_the_second(curator, case):
    with written_together():
        FindingFactory(initiative=case, statement="It is cheap.", position=1)
        InvolvementFactory(initiative=case, role="funder")
    opened = form_values(curator.open(case))
    with written_together():
        case.findings.get(position=0).delete()
        case.involvements.all().delete()
    address = page(case, "change", case.pk)
    changed = opened | {"findings-0-statement": "Neighbours are safer."}
    refused = curator.client.post(address, changed)
    assertContains(refused, "Neighbours are safer.")
    curator.client.post(address, form_values(refused) | {"over": "3"})
    assert [(f.statement, f.sources.count()) for f in case.findings.all()] == [
        ("Neighbours are safer.", 1),
        ("It is cheap.", 1),
    ]
    assert case.involvements.get().role == "funder"


@pytest.mark.parametrize("count", ["", "x", "7", str(10**9)])
def test_a_form_that_moved_on_may_have_lost_count_too(curator, case, count):
    opened = form_values(curator.open(case))
    with written_together():
        case.findings.get().delete()
    nonsense = {
        "findings-INITIAL_FORMS": count,
        "findings-1-id": "x",
        "findings-2-id": str(2**70),
        "findings-9-statement": "Of a row that is not counted.",
    }
    address = page(case, "change", case.pk)
    refused = curator.client.post(address, opened | nonsense)
    assertContains(refused, "saved version 2")


def test_what_the_first_added_stays(curator, case):
    opened = form_values(curator.open(case))
    with written_together():
        FindingFactory(initiative=case, statement="Theirs.")
    address = page(case, "change", case.pk)
    curator.client.post(address, opened | {"over": "2", "summary": "Mine."})
    assert set(Finding.objects.values_list("statement", flat=True)) == {
        "Neighbours feel safer.",
        "Theirs.",
    }
    assert Initiative.objects.get().summary == "Mine."


def test_what_was_written_past_the_desk_counts_as_seen(curator, case):
    Initiative.objects.update(challenge="By SQL.")
    assert curator.change(case, {"summary": "Mine."}).status_code == 302
    case.refresh_from_db()
    assert (case.summary, case.challenge) == ("Mine.", "By SQL.")
    case.save()
    assert curator.change(case, {"summary": "Again mine."}).status_code == 302


def test_a_record_that_nobody_kept_yet_can_be_saved(curator, case):
    Version.objects.all().delete()
    assert curator.change(case, {"summary": "Mine."}).status_code == 302
    assert last(case).number == 1


# The list of versions


def test_the_history_tells_who_when_why_and_what(curator, case):
    work = ReferenceFactory()
    fields = {"summary": "Neighbours walk.", "why": "Plainer."}
    added = new_finding(1, statement="It is cheap.") | new_source(work, "findings-1")
    curator.change(case, fields | added)
    response = curator.client.get(page(case, "history", case.pk))
    assertContains(response, "1 finding added; summary changed")
    for words in ("Plainer.", "Curators", "First version", "Load of files"):
        assertContains(response, words)


def test_a_long_history_has_pages(curator, case):
    for n in range(21):
        with written_together():
            Initiative.objects.update(summary=f"Summary {n}.")
    address = page(case, "history", case.pk)
    assertNotContains(curator.client.get(address), "First version")
    assertContains(curator.client.get(address, {"page": "2"}), "First version")
    assertContains(curator.client.get(address, {"page": "x"}), "Page 1 of 2")


def test_a_history_asks_as_much_for_ten_versions_as_for_two(curator, case):
    def visit():
        return curator.client.get(page(case, "history", case.pk))

    with written_together():
        Initiative.objects.update(summary="Other.")
    few = queries(visit)
    for n in range(8):
        with written_together():
            Initiative.objects.update(summary=f"Summary {n}.")
    assert queries(visit) == few


def test_a_deleted_record_has_its_history_still(curator, case):
    key = case.pk
    with written_together():
        case.delete()
    response = curator.client.get(page(case, "history", key))
    assertContains(response, "Deleted")
    case.pk = key
    assert restore(curator, case, 1).status_code == 302
    assert Initiative.objects.get().pk == key
    response = curator.client.get(page(case, "history", key))
    assertContains(response, "Made again")


def test_a_record_without_versions_says_when_the_first_is_kept(curator):
    case = InitiativeFactory()
    address = page(case, "history", case.pk)
    response = curator.client.get(address, follow=True)
    assertContains(response, "first version is kept when it changes")


@pytest.mark.parametrize("key", ["0", "x", str(2**70), "1/2", "%00"])
def test_a_history_of_nothing_is_not_there(curator, key):
    response = curator.client.get(page(Initiative, "history", key))
    assert response.status_code == 404


def test_a_scheme_shows_no_terms_of_another(curator):
    with written_together():
        risk = ConceptFactory(scheme="risks")
    assert curator.client.get(page(risk, "history", risk.pk)).status_code == 200
    barrier = reverse("admin:initiatives_barrier_history", args=[risk.pk])
    assert curator.client.get(barrier).status_code == 404


# Two versions beside each other


def test_two_versions_are_compared_word_by_word(curator, case):
    curator.change(case, {"summary": "Neighbours walk the streets at night."})
    response = compare(curator, case, 1, 2)
    assertContains(response, "[removed: </span>Volunteers<")
    assertContains(response, "[added: </span>Neighbours<")
    assertContains(response, " walk the streets at night.")
    back = compare(curator, case, 2, 1)
    assertContains(back, "[added: </span>Volunteers<")


def test_hostile_texts_are_shown_as_texts(curator, case):
    curator.change(case, {"summary": "<script>alert(1)</script>", "why": "<b>Why</b>"})
    for response in (
        compare(curator, case, 1, 2),
        curator.client.get(page(case, "history", case.pk)),
    ):
        assertNotContains(response, "<script>alert")
        assertNotContains(response, "<b>Why")
    assertContains(compare(curator, case, 1, 2), "&lt;script&gt;alert(1)")


def test_a_long_run_that_did_not_change_is_folded(curator, case):
    long = " ".join(f"word{n}" for n in range(200))
    for end in ("then.", "now."):
        with written_together():
            Initiative.objects.update(challenge=f"{long} {end}")
    response = compare(curator, case, 2, 3)
    assertContains(response, "words that did not change")
    assertContains(response, "word100 word101")


@pytest.mark.parametrize("number", ["", "x", "-1", "1.5", str(2**70)])
def test_what_is_no_number_of_a_version_is_refused(curator, case, number):
    assert compare(curator, case, number, 1).status_code == 400


def test_a_version_that_there_is_not_is_not_compared(curator, case):
    assert compare(curator, case, 1, 7).status_code == 404


# Restoring


def test_a_version_is_restored_with_a_note(curator, case):
    curator.change(case, {"summary": "Other."})
    address = f"{page(case, 'restore', case.pk)}?version=1"
    assertContains(curator.client.get(address), "[added: </span>Volunteers")
    restored = restore(curator, case, 1, why="It was right.")
    assert restored.headers["Location"] == page(case, "history", case.pk)
    case.refresh_from_db()
    assert case.summary == "Volunteers walk the streets at night."
    edit = last(case).edit
    assert (edit.by.username, edit.act, edit.why) == (
        "Curators",
        "restore",
        "It was right.",
    )


def test_what_can_not_be_restored_is_said(curator, case):
    key = Reference.objects.get().key
    with written_together():
        Finding.objects.all().delete()
        Reference.objects.all().delete()
    assertContains(restore(curator, case, 1), f"The work “{key}” is gone.")
    assert last(case).number == 2


# Edits


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
    with written_together():
        InitiativeFactory()
    address = reverse("admin:history_edit_changelist")
    response = curator.client.get(address, {"q": "weyhe"})
    [found] = response.context["cl"].result_list
    assert (found.act, found.n_records) == ("load", 2)


def test_an_edit_leads_to_what_it_changed(curator, case):
    term = ConceptFactory(scheme="risks", slug="blame")
    with written_together():
        term.definition = "Other."
        term.save()
        case.summary = "Other."
        case.save()
    with written_together():
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
    assertContains(response, "Taken back by")
    undone = last(case).edit
    assert (undone.by.username, undone.undoes, undone.why) == (
        "Curators",
        edit,
        "A slip.",
    )
    assertContains(curator.client.get(edit_page(undone)), "Takes back")
    assertContains(undo(curator, edit), "“weyhe” was changed since")


def test_an_edit_that_can_not_be_undone_says_why(curator):
    with written_together():
        InitiativeFactory.create_batch(25)
    edit = Edit.objects.get()
    with written_together():
        Initiative.objects.update(summary="Later.")
    response = undo(curator, edit)
    assertContains(response, "was changed since", count=20)
    assertContains(response, "… and 5 more.")


def test_an_edit_of_many_records_is_undone_by_a_command(curator, capsys, monkeypatch):
    monkeypatch.setattr(edits, "MOST_WRITTEN", 1)
    with written_together():
        InitiativeFactory.create_batch(2, summary="Before.")
    with written_together():
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


def test_an_edit_that_there_is_not_is_not_found(curator):
    for name, key in (("change", "7"), ("change", "x"), ("undo", "7")):
        address = reverse(f"admin:history_edit_{name}", args=[key])
        assert curator.client.get(address).status_code == 404


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


def test_nobody_writes_an_edit_by_hand(curator, case):
    edit = Edit.objects.get()
    assert curator.client.get(reverse("admin:history_edit_add")).status_code == 403
    address = reverse("admin:history_edit_delete", args=[edit.pk])
    assert curator.client.post(address, {"post": "yes"}).status_code == 403

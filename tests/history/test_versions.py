"""Versions at the desk: listing, comparing and restoring them."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from casebase.change_tracking.transactions import tracked_transaction
from casebase.history.models import Edit
from initiatives.models import Finding, Initiative
from references.models import Reference
from tests.desk import admin_url, count_queries, new_finding, new_source
from tests.factories import ConceptFactory, InitiativeFactory, ReferenceFactory
from tests.group_members import Contributor
from tests.history.versions import last
from tests.once import once

pytestmark = pytest.mark.django_db


def compare(curator, record, start, end):
    address = admin_url(record, "compare", record.pk)
    return curator.client.get(address, {"from": start, "to": end})


def restore(curator, record, number, **fields):
    address = admin_url(record, "restore", record.pk)
    return curator.client.post(f"{address}?version={number}", fields)


# The list of versions


def test_the_history_tells_who_when_why_and_what(curator, case):
    work = ReferenceFactory()
    fields = {"summary": "Neighbours walk.", "why": "Plainer."}
    added = new_finding(1, statement="It is cheap.") | new_source(work, "findings-1")
    curator.change(case, fields | added)
    response = curator.client.get(admin_url(case, "history", case.pk))
    assertContains(response, "1 finding added; summary changed")
    for words in ("Plainer.", "Curators", "First version", "Load of files"):
        assertContains(response, words)


@pytest.mark.once
def test_a_long_history_has_pages(curator, case):
    for n in range(21):
        with tracked_transaction():
            Initiative.objects.update(summary=f"Summary {n}.")
    address = admin_url(case, "history", case.pk)
    assertNotContains(curator.client.get(address), "First version")
    assertContains(curator.client.get(address, {"page": "2"}), "First version")
    assertContains(curator.client.get(address, {"page": "x"}), "Page 1 of 2")


@pytest.mark.once
def test_a_history_asks_as_much_for_ten_versions_as_for_two(curator, case):
    def visit():
        return curator.client.get(admin_url(case, "history", case.pk))

    with tracked_transaction():
        Initiative.objects.update(summary="Other.")
    few = count_queries(visit)
    for n in range(8):
        with tracked_transaction():
            Initiative.objects.update(summary=f"Summary {n}.")
    assert count_queries(visit) == few


def test_a_deleted_record_has_its_history_still(curator, case):
    key = case.pk
    with tracked_transaction():
        case.delete()
    response = curator.client.get(admin_url(case, "history", key))
    assertContains(response, "Deleted")
    case.pk = key
    assert restore(curator, case, 1).status_code == 302
    assert Initiative.objects.get().pk == key
    response = curator.client.get(admin_url(case, "history", key))
    assertContains(response, "Made again")


def test_a_record_without_versions_says_when_the_first_is_kept(curator):
    case = InitiativeFactory()
    address = admin_url(case, "history", case.pk)
    response = curator.client.get(address, follow=True)
    assertContains(response, "first version is kept when it changes")


@pytest.mark.parametrize("key", ["0", str(2**70), "%00", *once("x", "1/2")])
def test_a_history_of_nothing_is_not_there(curator, key):
    response = curator.client.get(admin_url(Initiative, "history", key))
    assert response.status_code == 404


@pytest.mark.once
def test_a_scheme_shows_no_terms_of_another(curator):
    with tracked_transaction():
        risk = ConceptFactory(scheme="risks")
    assert curator.client.get(admin_url(risk, "history", risk.pk)).status_code == 200
    barrier = reverse("admin:initiatives_barrier_history", args=[risk.pk])
    assert curator.client.get(barrier).status_code == 404


# Two versions beside each other


@pytest.mark.once
def test_two_versions_are_compared_word_by_word(curator, case):
    curator.change(case, {"summary": "Neighbours walk the streets at night."})
    response = compare(curator, case, 1, 2)
    assertContains(response, "[removed: </span>Volunteers<")
    assertContains(response, "[added: </span>Neighbours<")
    assertContains(response, " walk the streets at night.")
    back = compare(curator, case, 2, 1)
    assertContains(back, "[added: </span>Volunteers<")


@pytest.mark.once
def test_hostile_texts_are_shown_as_texts(curator, case):
    curator.change(case, {"summary": "<script>alert(1)</script>", "why": "<b>Why</b>"})
    for response in (
        compare(curator, case, 1, 2),
        curator.client.get(admin_url(case, "history", case.pk)),
    ):
        assertNotContains(response, "<script>alert")
        assertNotContains(response, "<b>Why")
    assertContains(compare(curator, case, 1, 2), "&lt;script&gt;alert(1)")


@pytest.mark.once
def test_a_long_run_that_did_not_change_is_folded(curator, case):
    long = " ".join(f"word{n}" for n in range(200))
    for end in ("then.", "now."):
        with tracked_transaction():
            Initiative.objects.update(challenge=f"{long} {end}")
    response = compare(curator, case, 2, 3)
    assertContains(response, "words that did not change")
    assertContains(response, "word100 word101")


@pytest.mark.once
@pytest.mark.parametrize("number", ["", "x", "-1", "1.5", str(2**70)])
def test_what_is_no_number_of_a_version_is_refused(curator, case, number):
    assert compare(curator, case, number, 1).status_code == 400


def test_a_version_that_there_is_not_is_not_compared(curator, case):
    assert compare(curator, case, 1, 7).status_code == 404


# Restoring


def test_a_version_is_restored_with_a_note(curator, case):
    curator.change(case, {"summary": "Other."})
    address = f"{admin_url(case, 'restore', case.pk)}?version=1"
    assertContains(curator.client.get(address), "[added: </span>Volunteers")
    restored = restore(curator, case, 1, why="It was right.")
    assert restored.headers["Location"] == admin_url(case, "history", case.pk)
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
    with tracked_transaction():
        Finding.objects.all().delete()
        Reference.objects.all().delete()
    assertContains(restore(curator, case, 1), f"The work “{key}” is gone.")
    assert last(case).number == 2


@pytest.mark.once
def test_who_may_not_change_a_case_may_not_restore_or_undo(case):
    contributor = Contributor()
    assert (
        contributor.client.get(admin_url(case, "history", case.pk)).status_code == 200
    )
    assert restore(contributor, case, 1).status_code == 403
    edit = Edit.objects.get()
    address = reverse("admin:history_edit_undo", args=[edit.pk])
    assert contributor.client.post(address).status_code == 403

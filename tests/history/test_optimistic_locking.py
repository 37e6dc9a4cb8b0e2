"""Two users who save one record: the second gets a warning and loses nothing."""

import pytest
from pytest_django.asserts import assertContains

from casebase.change_tracking.transactions import tracked_transaction
from casebase.history.models import Version
from initiatives.models import Finding, Initiative
from tests.desk import admin_url, form_values
from tests.factories import FindingFactory, InvolvementFactory
from tests.history.versions import last
from tests.once import once

pytestmark = pytest.mark.django_db


def test_the_second_of_two_is_told_and_keeps_the_input(curator, case):
    opened = form_values(curator.open(case))
    curator.change(case, {"challenge": "Burglaries.", "why": "From the council."})
    address = admin_url(case, "change", case.pk)
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
    address = admin_url(finding, "change", finding.pk)
    refused = curator.client.post(address, opened | {"statement": "Mine."})
    assertContains(refused, "saved version 2")
    assertContains(refused, f"{admin_url(case, 'compare', case.pk)}?from=1&amp;to=2")
    again = form_values(refused) | {"over": "2", "why": "Mine is better."}
    assert curator.client.post(address, again).status_code == 302
    finding.refresh_from_db()
    assert (finding.statement, last(case).edit.why) == ("Mine.", "Mine is better.")


@pytest.mark.once
def test_saving_over_a_version_that_was_overtaken_too_is_refused(curator, case):
    opened = form_values(curator.open(case))
    for challenge in ("One.", "Two."):
        curator.change(case, {"challenge": challenge})
    address = admin_url(case, "change", case.pk)
    refused = curator.client.post(address, opened | {"over": "2"})
    assertContains(refused, "saved version 3")


@pytest.mark.parametrize("opened_at", [*once("", "x", "-1", "0"), str(2**70)])
def test_a_form_that_does_not_say_what_it_saw_is_refused(curator, case, opened_at):
    curator.change(case, {"summary": "Mine.", "opened_at": opened_at})
    case.refresh_from_db()
    assert case.summary != "Mine."
    assert last(case).number == 1


def test_rows_that_the_first_deleted_are_new_ones_of_the_second(curator, case):
    with tracked_transaction():
        FindingFactory(initiative=case, statement="It is cheap.", position=1)
        InvolvementFactory(initiative=case, role="funder")
    opened = form_values(curator.open(case))
    with tracked_transaction():
        case.findings.get(position=0).delete()
        case.involvements.all().delete()
    address = admin_url(case, "change", case.pk)
    changed = opened | {"findings-0-statement": "Neighbours are safer."}
    refused = curator.client.post(address, changed)
    assertContains(refused, "Neighbours are safer.")
    curator.client.post(address, form_values(refused) | {"over": "3"})
    assert [(f.statement, f.sources.count()) for f in case.findings.all()] == [
        ("Neighbours are safer.", 1),
        ("It is cheap.", 1),
    ]
    assert case.involvements.get().role == "funder"


@pytest.mark.parametrize("count", ["7", *once("", "x", str(10**9))])
def test_a_form_that_moved_on_may_have_lost_count_too(curator, case, count):
    opened = form_values(curator.open(case))
    with tracked_transaction():
        case.findings.get().delete()
    nonsense = {
        "findings-INITIAL_FORMS": count,
        "findings-1-id": "x",
        "findings-2-id": str(2**70),
        "findings-9-statement": "Of a row that is not counted.",
    }
    address = admin_url(case, "change", case.pk)
    refused = curator.client.post(address, opened | nonsense)
    assertContains(refused, "saved version 2")


def test_what_the_first_added_stays(curator, case):
    opened = form_values(curator.open(case))
    with tracked_transaction():
        FindingFactory(initiative=case, statement="Theirs.")
    address = admin_url(case, "change", case.pk)
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

"""Every change of a record is recorded as a version, however it is made."""

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from casebase.change_tracking.transactions import tracked_transaction
from casebase.history import version_recording
from casebase.history.content import parse_content
from casebase.history.models import Edit, Version
from initiatives.models import Concept, Initiative
from references.models import Person, Reference
from tests.content.content_folder import EXAMPLE
from tests.factories import (
    ConceptFactory,
    ContributionFactory,
    FindingFactory,
    InitiativeFactory,
    ReferenceFactory,
    SourceFactory,
)
from tests.history.versions import numbers

pytestmark = pytest.mark.django_db


def last(kind="initiative"):
    return Version.objects.filter(kind=kind).latest().get()


def test_each_writing_that_changes_a_case_makes_one_version():
    with tracked_transaction():
        finding = FindingFactory(statement="Neighbours feel safer.")
    case = finding.initiative
    with tracked_transaction():
        case.summary = "Another summary."
        case.save()
        finding.statement = "Neighbours feel safe."
        finding.save()
    assert numbers(case) == [1, 2]
    said = parse_content(last().content)
    assert said["summary"] == "Another summary."
    assert said["findings"][0]["statement"] == "Neighbours feel safe."


def test_what_is_saved_as_it_was_makes_no_version():
    with tracked_transaction():
        case = InitiativeFactory()
    with tracked_transaction():
        case.save()
    assert numbers(case) == [1]
    assert Edit.objects.count() == 1


def test_an_edit_knows_who_wrote_and_why():
    anna = User.objects.create_user("anna")
    with tracked_transaction(by=anna, why="From the annual report.", action="import"):
        InitiativeFactory()
    edit = Edit.objects.get()
    assert (edit.by, edit.why, edit.act) == (anna, "From the annual report.", "import")


def test_a_note_without_end_is_cut():
    with tracked_transaction(why="w" * 1000):
        InitiativeFactory()
    assert Edit.objects.get().why == "w" * 300


def test_nobody_in_particular_may_write():
    with tracked_transaction(by=AnonymousUser()):
        InitiativeFactory()
    assert Edit.objects.get().by is None


def test_the_history_outlives_the_account_of_who_wrote():
    anna = User.objects.create_user("anna")
    with tracked_transaction(by=anna):
        InitiativeFactory()
    anna.delete()
    assert Edit.objects.get().by is None


def test_a_writing_inside_another_is_an_edit_of_its_own_by_the_same_person():
    anna = User.objects.create_user("anna")
    with tracked_transaction(by=anna, action="form"):
        first = InitiativeFactory()
        with tracked_transaction(action="import"):
            second = InitiativeFactory()
        third = ReferenceFactory()
    edits = Edit.objects.order_by("pk")
    assert [(edit.act, edit.by) for edit in edits] == [
        ("form", anna),
        ("import", anna),
        ("form", anna),
    ]
    keys = [list(edit.versions.values_list("kind", "key")) for edit in edits]
    assert keys == [
        [("initiative", first.pk)],
        [("initiative", second.pk)],
        [("reference", third.pk)],
    ]


def test_what_was_written_past_the_desk_is_no_part_of_the_next_edit():
    with tracked_transaction():
        one, other = InitiativeFactory(), InitiativeFactory()
    with connection.cursor() as cursor:
        write = "UPDATE initiatives_initiative SET summary = 'By SQL' WHERE id = %s"
        cursor.execute(write, [one.pk])
    with tracked_transaction(action="form"):
        Initiative.objects.filter(pk=other.pk).update(summary="By form")
    edits = Edit.objects.order_by("pk")[1:]
    assert [(edit.act, edit.versions.get().key) for edit in edits] == [
        ("elsewhere", one.pk),
        ("form", other.pk),
    ]


def test_bulk_updates_are_kept_too():
    with tracked_transaction():
        cases = InitiativeFactory.create_batch(3)
    with tracked_transaction():
        Initiative.objects.update(country="NL")
    assert all(numbers(case) == [1, 2] for case in cases)


def test_a_deleted_record_gets_a_last_version_that_says_so():
    with tracked_transaction():
        case = InitiativeFactory(slug="weyhe")
    with tracked_transaction():
        case.delete()
    end = last()
    assert (end.name, end.number, end.is_deletion, end.is_public) == (
        "weyhe",
        2,
        True,
        False,
    )
    version_recording.record_all()
    assert last() == end


def test_what_comes_and_goes_in_one_writing_leaves_nothing():
    with tracked_transaction():
        InitiativeFactory().delete()
    assert not Version.objects.exists()
    assert not Edit.objects.exists()


def test_only_published_cases_are_public():
    for status, note in {"draft": "", "published": "", "withdrawn": "Why"}.items():
        with tracked_transaction():
            InitiativeFactory(status=status, status_note=note)
        assert last_made().is_public == (status == "published")


def last_made():
    return Version.objects.order_by("pk").last()


def test_a_work_has_a_version_for_the_names_on_it():
    with tracked_transaction():
        contribution = ContributionFactory(person__family="Loeffler")
    with tracked_transaction():
        Person.objects.update(family="Löffler")
    assert numbers(contribution.reference, "reference") == [1, 2]
    assert parse_content(last("reference").content)["author"] == [{"family": "Löffler"}]


def test_a_term_has_a_version_for_its_sources():
    with tracked_transaction():
        term = ConceptFactory(scheme="risks", slug="blame")
    with tracked_transaction():
        source = SourceFactory(concept=Concept.objects.get())
    assert numbers(term, "concept") == [1, 2]
    assert last("concept").name == "risks/blame"
    [use] = parse_content(last("concept").content)["sources"]
    assert use["ref"] == source.reference.key


def test_what_no_file_can_hold_stops_nobody(caplog):
    work = ReferenceFactory()
    Reference.objects.update(key="")
    with tracked_transaction():
        case = InitiativeFactory()
    assert numbers(case) == [1]
    assert numbers(work, "reference") == []
    assert "no file can hold it" in caplog.text


def test_signs_that_files_refuse_are_kept():
    with tracked_transaction():
        case = InitiativeFactory(name="Two\u2028lines ")
    assert numbers(case) == [1]
    assert parse_content(last().content)["name"] == "Two\u2028lines "


def test_a_load_is_one_edit():
    call_command("load_content", EXAMPLE, verbosity=0)
    edit = Edit.objects.with_counts().get()
    loaded = sum(model.objects.count() for model in (Initiative, Concept, Reference))
    assert (edit.act, edit.n_records) == ("load", loaded)
    call_command("load_content", EXAMPLE, verbosity=0)
    assert Edit.objects.get() == edit


def test_a_load_can_say_why():
    call_command("load_content", EXAMPLE, why="First sheets", verbosity=0)
    assert Edit.objects.get().why == "First sheets"


def test_a_dry_run_leaves_no_edit():
    call_command("load_content", EXAMPLE, "--dry-run", verbosity=0)
    assert not Edit.objects.exists()


def test_any_number_of_records_takes_the_same_queries():
    def queries(n):
        with CaptureQueriesContext(connection) as captured, transaction.atomic():
            with tracked_transaction():
                FindingFactory.create_batch(n)
                before = len(captured)
            return len(captured) - before

    assert queries(1) == queries(20)


def test_more_records_than_one_query_takes_are_kept(monkeypatch):
    monkeypatch.setattr(version_recording, "CHUNK", 2)
    with tracked_transaction():
        cases = InitiativeFactory.create_batch(5)
    assert all(numbers(case) == [1] for case in cases)
    assert Edit.objects.count() == 1

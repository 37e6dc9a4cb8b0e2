"""Rebuilding the index with several processes, while others read and save."""

import gc
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from multiprocessing import Pipe

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casebase.change_tracking.transactions import (
    tracked_transaction,
    update_derived_data,
)
from casebase.change_tracking.triggers import untracked_transaction
from casebase.search import reading_processes, rebuilding, sqlite
from casebase.search.models import Name
from casebase.search.queries import matching
from casebase.search.reading_processes import serve_chunks
from casebase.search.rebuilding import rebuild
from casebase.search.searched_records import searched
from casebase.site_lock import site_lock
from initiatives.models import Concept, Initiative
from tests.factories import ConceptFactory, FindingFactory, InitiativeFactory
from tests.search.test_indexing import EDITS_WITH_WORDS, edit, everything

on_postgresql = pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite in memory is one"
)


@pytest.mark.django_db
def test_a_name_too_long_to_be_suggested_is_found_but_not_offered():
    with tracked_transaction():
        term = ConceptFactory(label="Distrust", synonyms=["Doubt", "suspicion " * 40])
    names = Name.objects.filter(kind="concept").values_list("label", flat=True)
    assert set(names) == {"Distrust", "Doubt"}
    assert matching("concept", "suspicion")
    with tracked_transaction():
        Concept.objects.filter(pk=term.pk).update(synonyms=["x" * 301])
    assert set(names.all()) == {"Distrust"}
    before = everything()
    rebuild()
    assert everything() == before


def use_processes(monkeypatch):
    """Let other processes read even a few records, one at a time."""
    monkeypatch.setattr(reading_processes, "FEWEST_CHUNKS", 1)
    monkeypatch.setattr(rebuilding, "CHUNK", 1)


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_other_processes_read_the_records(monkeypatch):
    with tracked_transaction():
        for name in ("Lamps", "Lamps by night", "Trust"):
            FindingFactory(statement="Bees.", initiative__name=name)
    # This process reads them. What earlier tests have left in the index goes.
    rebuild()
    before = everything()
    use_processes(monkeypatch)
    rebuild()
    assert everything() == before
    assert len(matching("finding", "bees")) == 3


def ask(key, settings):
    """Return the answers of a process with these settings: a batch and counts."""
    ours, theirs = Pipe()
    ours.send(("initiative", [key]))
    ours.send(None)
    try:
        serve_chunks(theirs, settings)
    finally:
        gc.enable()
    return ours.recv(), ours.recv()


@pytest.mark.django_db
def test_they_answer_until_nobody_asks():
    case = InitiativeFactory(name="Bees", summary="Hives.")
    batch, counts = ask(case.pk, {})
    assert [record for _, record, *_ in batch.documents] == [case.pk]
    assert [entry[0] for entry in batch.entries] == [case.pk]
    assert (counts.words["hives"], counts.words["wasps"]) == (1, 0)
    assert counts.offers["initiative", case.slug, "Bees"] == 1


@pytest.mark.django_db
def test_what_is_not_committed_is_read_by_this_process(monkeypatch):
    use_processes(monkeypatch)
    InitiativeFactory(summary="Hives.")
    rebuild()
    assert matching("initiative", "hives")


def between_chunks(do, n=2):
    """Return a tracker that does something after the n-th chunk, if there is one."""

    def track(chunks):
        for place, chunk in enumerate(chunks, 1):
            yield chunk
            if place == n:
                do()

    return track


@pytest.mark.skipif(
    connection.vendor == "postgresql",
    reason="PostgreSQL has one version in the one transaction of this test",
)
# Few examples, for it takes SQLite a while to rename tables.
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=8)
@given(
    before=EDITS_WITH_WORDS,
    meanwhile=EDITS_WITH_WORDS,
    chunk=st.integers(1, 8),
)
def test_what_is_saved_while_it_is_rebuilt_is_in_it(db, before, meanwhile, chunk):
    with pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(rebuilding, "CHUNK", 1)
        patch.setattr(rebuilding, "AT_ONCE", 1)
        edit(before)
        rebuild(track=between_chunks(lambda: edit(meanwhile), chunk))
        found = everything()
        rebuild()
        assert everything() == found
        # Each example begins without records.
        transaction.set_rollback(True)


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_others_save_while_it_is_rebuilt(monkeypatch):
    use_processes(monkeypatch)
    with tracked_transaction():
        for name in ("Lamps", "Trust", "Wasps"):
            InitiativeFactory(name=name)

    def save():
        try:
            with tracked_transaction():
                Initiative.objects.filter(name="Lamps").update(name="Reed beds")
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as others:
        rebuild(track=between_chunks(lambda: others.submit(save).result()))
    assert matching("initiative", "reed")
    assert not matching("initiative", "lamps")


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_chunk_is_read_as_it_was_at_one_moment(monkeypatch):
    """What is saved meanwhile might contradict what was read just before."""
    case = InitiativeFactory(name="Bees")
    seen, other = [], connection.copy()

    def read(keys):
        for _ in range(2):
            seen.append(Initiative.objects.get().name)
            with other.cursor() as cursor:
                cursor.execute("UPDATE initiatives_initiative SET name = 'Wasps'")
        return []

    records = replace(searched["initiative"], read=read)
    monkeypatch.setitem(searched, "initiative", records)
    settings = connection.settings_dict
    monkeypatch.setitem(settings, "OPTIONS", settings["OPTIONS"])
    connection.close()
    ask(case.pk, reading_processes.snapshot_settings())
    for used in (connection, other):
        used.close()
    assert seen == ["Bees", "Bees"]


@pytest.mark.django_db
def test_it_begins_again_if_nobody_knows_what_was_touched():
    begun = []

    def track(chunks):
        begun.append(chunks)
        yield from chunks
        if len(begun) == 1:
            with untracked_transaction():
                InitiativeFactory(name="Reed beds")

    rebuild(track=track)
    assert len(begun) == 2
    assert matching("initiative", "reed")


@pytest.mark.django_db
def test_one_process_at_a_time_rebuilds_it():
    busy = pytest.raises(CommandError, match=r"rebuilt already\. Wait for its end")
    with site_lock("rebuild-search", "Busy."), busy:
        call_command("rebuild_search")
    call_command("rebuild_search", verbosity=0)


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_the_new_index_waits_for_those_who_read_the_old_one(monkeypatch):
    with tracked_transaction():
        InitiativeFactory(summary="Lamplighters.")
    reader = connection.copy()
    reader.set_autocommit(False)
    with reader.cursor() as cursor:
        cursor.execute("SELECT * FROM search_index_initiative")
    waited = []

    def wait(seconds):
        waited.append(seconds)
        reader.close()

    monkeypatch.setattr(rebuilding, "sleep", wait)
    rebuild()
    assert waited == [1]
    assert matching("initiative", "lamplighters")


def test_sqlite_gets_rows_in_the_order_that_it_writes_fastest():
    one = [["bee"], [], [], []]
    assert [key for key, *_ in sqlite.rows({3: one, 1: one, 2: one})] == [1, 2, 3]


@pytest.mark.django_db
def test_cases_are_looked_up_by_their_keys_alone():
    """To find the published ones for each finding, PostgreSQL would read all cases."""
    case = FindingFactory(statement="Bees.").initiative
    with CaptureQueriesContext(connection) as queries:
        [(_, parts, _)] = searched["initiative"].read([case.pk])
    assert "Bees." in [part.text for part in parts]
    assert sum("status" in query["sql"] for query in queries) == 1


@pytest.mark.django_db
def test_of_a_very_long_document_the_end_is_left_out():
    texts = {"summary": "hives " * 16_000, "challenge": "wasps " * 400}
    case = InitiativeFactory(**texts, approach="Lamps.")
    update_derived_data()
    assert matching("initiative", "wasps") == matching("initiative", "hives")
    assert not matching("initiative", "lamps")
    case.delete()


@pytest.mark.django_db
def test_a_record_without_an_address_is_searched_all_the_same():
    InitiativeFactory(slug="no address", name="Bees")
    ConceptFactory(slug="no address", label="Wasps")
    update_derived_data()
    assert matching("initiative", "bees")
    assert matching("concept", "wasps")

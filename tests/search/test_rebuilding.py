"""Rebuilding the index with several processes, while others read."""

import gc
from multiprocessing import Pipe

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casebase.change_tracking.transactions import (
    tracked_transaction,
    update_derived_data,
)
from casebase.search import postgresql, reading_processes, rebuilding, sqlite
from casebase.search.index import Index
from casebase.search.models import Document, Name, Word
from casebase.search.queries import matching
from casebase.search.reading_processes import serve_chunks
from casebase.search.rebuilding import rebuild
from casebase.search.searched_records import searched
from initiatives.models import Concept
from tests.factories import ConceptFactory, FindingFactory, InitiativeFactory

on_postgresql = pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite in memory is one"
)


def read_index():
    """Return all of the index but its internal numbers."""
    return {
        "documents": sorted(
            Document.objects.values_list("kind", "record", "parts"),
            key=lambda row: row[:2],
        ),
        "words": set(Word.objects.values_list("word", "folded", "key", "n")),
        "names": set(Name.objects.values_list("kind", "value", "label", "n")),
        "found": [list(Index(kind).everything()) for kind in searched],
    }


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
    before = read_index()
    rebuild()
    assert read_index() == before


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
    before = read_index()
    use_processes(monkeypatch)
    rebuild()
    assert read_index() == before
    assert len(matching("finding", "bees")) == 3


@pytest.mark.django_db
def test_they_answer_until_nobody_asks():
    case = InitiativeFactory(name="Bees", summary="Hives.")
    ours, theirs = Pipe()
    ours.send(("initiative", [case.pk]))
    ours.send(None)
    try:
        serve_chunks(theirs, connection.settings_dict["NAME"])
    finally:
        gc.enable()
    batch, counts = ours.recv(), ours.recv()
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

    monkeypatch.setattr(postgresql, "sleep", wait)
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

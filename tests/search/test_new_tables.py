"""The tables of a rebuilt index, which replace those of the old one."""

import pytest
from django.db import connection

from casebase.change_tracking.transactions import (
    tracked_transaction,
    update_derived_data,
)
from casebase.search import sqlite_new_tables
from casebase.search.index import Index
from casebase.search.models import Document, Name, Word
from casebase.search.new_tables import NewTables
from casebase.search.rebuilding import rebuild
from tests.factories import FindingFactory, InitiativeFactory
from tests.search.test_indexing import everything

pytestmark = pytest.mark.django_db
on_sqlite = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL needs nothing of it"
)
INDEX = Index("initiative")


def tables_of_search():
    tables = connection.introspection.table_names()
    return {table for table in tables if table.startswith("search_")}


def keys_and_indexes():
    """Return what the database says of those of all models, by their names."""
    with connection.cursor() as cursor:
        return [
            connection.introspection.get_constraints(cursor, model._meta.db_table)
            for model in (Document, Word, Name)
        ]


def insert(tables, rows):
    tables.insert((INDEX.table, INDEX.columns, INDEX.rows(rows)))


def test_they_are_as_migrations_know_them():
    tables, before = tables_of_search(), keys_and_indexes()
    for _ in range(2):
        with tracked_transaction():
            FindingFactory()
        rebuild()
        assert keys_and_indexes() == before
        assert tables_of_search() == tables


def test_an_error_changes_nothing():
    InitiativeFactory()
    update_derived_data()
    tables, before = tables_of_search(), everything()

    def track(chunks):
        yield chunks[0]
        raise ValueError("An error.")

    with pytest.raises(ValueError, match="An error"):
        rebuild(track=track)
    assert tables_of_search() == tables
    assert everything() == before


@on_sqlite
def test_what_a_killed_process_has_left_is_dropped(monkeypatch):
    monkeypatch.setattr(sqlite_new_tables, "ROWS", 2)
    InitiativeFactory()
    update_derived_data()
    before, killed = tables_of_search(), NewTables()
    filling = killed.filling()
    filling.__enter__()
    insert(killed, {n: [["ghost"], [], [], []] for n in range(1, 20)})
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE search_word_new RENAME TO search_word_old")
    assert len(tables_of_search()) > len(before)
    rebuild()
    assert tables_of_search() == before


@on_sqlite
def test_all_that_fts5_has_written_is_merged(monkeypatch):
    """It would look for a word in each part that it has written."""
    monkeypatch.setattr(sqlite_new_tables, "PAGES", 1)
    tables = NewTables()
    parts = "SELECT count(DISTINCT segid) FROM search_index_initiative_new_idx"
    with tables.filling(), connection.cursor() as cursor:
        for n in range(1, 40):
            insert(tables, {n: [[f"w{n * m}" for m in range(300)], [], [], []]})
        assert cursor.execute(parts).fetchone() == (39,)
        tables.complete()
        assert cursor.execute(parts).fetchone() == (1,)

"""The desk of the tests, empty or with the example loaded."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.content.desk import Desk


@pytest.fixture
def desk(tmp_path, db):
    return Desk(tmp_path)


@pytest.fixture
def loaded(desk):
    desk.load()
    return desk


@pytest.fixture
def writes():
    """Collects the statements that write, while it is open."""

    class Writes(CaptureQueriesContext):
        @property
        def tables(self):
            return {table_of(query["sql"]) for query in self if is_write(query["sql"])}

    return Writes(connection)


def is_write(sql):
    """Whether it writes records: what is derived from them is not counted."""
    writes = sql.startswith(("INSERT", "UPDATE", "DELETE"))
    return writes and not table_of(sql).startswith(DERIVED)


DERIVED = ("changes_", "search_", "history_", "upkeep_")


def table_of(sql):
    return sql.split('"')[1]

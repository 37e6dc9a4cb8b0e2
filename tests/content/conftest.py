"""A folder with the example content, before and after it is loaded."""

import pytest
import yaml
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.content.content_folder import ContentFolder


@pytest.fixture
def folder(tmp_path, db):
    return ContentFolder(tmp_path)


@pytest.fixture
def loaded(folder):
    folder.load()
    return folder


@pytest.fixture
def writes():
    """A context that collects the tables to which records are written."""

    class Writes(CaptureQueriesContext):
        @property
        def tables(self):
            return {table_of(query["sql"]) for query in self if is_write(query["sql"])}

    return Writes(connection)


def entries(folder):
    """Return the parsed files of a folder of fixtures/, read without our parser."""
    files = sorted((settings.BASE_DIR / "fixtures" / folder).iterdir())
    return [yaml.load(file.read_text(), yaml.CSafeLoader) for file in files]


def is_write(sql):
    """Whether a statement writes records; derived tables are not counted."""
    writes = sql.startswith(("INSERT", "UPDATE", "DELETE"))
    return writes and not table_of(sql).startswith(DERIVED)


DERIVED = ("changes_", "search_", "history_", "upkeep_")


def table_of(sql):
    return sql.split('"')[1]

"""Fixtures of the tests of backups."""

import shutil
import sqlite3
from contextlib import closing

import pytest
from django.db import connection

from tests.backups.databases import empty_database


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    """The folder of the backups. Nothing is encrypted, whatever the machine says."""
    settings.BACKUP_DIR = tmp_path / "backups"
    settings.BACKUP_RECIPIENT = ""
    settings.CACHE_DIR = tmp_path / "cache"
    return settings.BACKUP_DIR


@pytest.fixture(scope="session")
def migrated_file(django_db_setup, django_db_blocker, tmp_path_factory):
    """The database of the tests in a file, copied before a test opens a transaction."""
    if connection.vendor != "sqlite":
        return None
    file = tmp_path_factory.mktemp("migrated") / "db.sqlite3"
    with django_db_blocker.unblock(), closing(sqlite3.connect(file)) as copy:
        connection.ensure_connection()
        connection.connection.backup(copy)
    return file


@pytest.fixture
def site(tmp_path, migrated_file, db):
    """The name of a database to back up: that of the tests, or a copy of SQLite's."""
    if migrated_file:
        return str(shutil.copyfile(migrated_file, tmp_path / "site.sqlite3"))
    return connection.settings_dict["NAME"]


@pytest.fixture
def empty(tmp_path, db):
    """The name of a database without tables."""
    with empty_database(tmp_path) as name:
        yield name

"""A backup of the last release is restored, migrated, and lacks nothing.

That is also the upgrade of its database: the same migrations run on the same rows.
"""

import shutil
import subprocess

import pytest
from django.db import connection
from django.test import Client

from casebase.backups.archives import read_archive
from casebase.backups.engines import current_engine
from casebase.backups.restoring import restore_backup
from casebase.change_tracking.triggers import existing_triggers
from tests.backups.databases import run_on
from tests.last_release import FOLDER

pytestmark = pytest.mark.django_db(transaction=True)

# Their rows may be others after the upgrade.
RENEWED_TABLES = {
    "backups_lastbackup",
    "changes_counter",
    "changes_touched",
    "django_session",
}


def rows():
    """Return table → list of rows, each a mapping of column → text."""
    with connection.cursor() as cursor:
        found = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            columns = [column[0] for column in cursor.description]
            found[table] = [
                dict(zip(columns, map(repr, row), strict=True)) for row in cursor
            ]
        return found


def load_as_it_was(file, folder, name):
    """Put the database of the backup under this name, without our own commands."""
    read_archive(file, folder, None)
    part = folder / current_engine().PART
    if connection.vendor == "sqlite":
        shutil.copyfile(part, name)
        return
    place = f"--dbname={name}", f"--host={connection.get_connection_params()['host']}"
    command = ["pg_restore", "--no-owner", "--username=casebase", *place, part]
    subprocess.run(command, check=True)


@pytest.fixture
def before(empty, tmp_path):
    """The rows of the database as the last release had them."""
    load_as_it_was(FOLDER / f"{connection.vendor}.tar.gz", tmp_path, empty)
    return run_on(empty, rows)


def test_the_last_release_is_upgraded_without_losses(empty, before):
    assert {"history_version", "kept_kept", "suggestions_suggestion"} <= {
        table for table, found in before.items() if found
    }
    file = FOLDER / f"{connection.vendor}.tar.gz"
    run_on(empty, restore_backup, file, None, replace=True)
    after = run_on(empty, rows)
    for table in before.keys() & after.keys() - RENEWED_TABLES:
        kept = columns_of(before[table]) & columns_of(after[table])
        assert tuples(before[table], kept) <= tuples(after[table], kept), table
    # Whatever is gone has to be named here, with the release that dropped it.
    assert before.keys() - after.keys() == set()
    run_on(empty, check_site)


def columns_of(found):
    return set(found[0]) if found else set()


def tuples(found, columns):
    return {tuple(row[column] for column in sorted(columns)) for row in found}


def check_site():
    client = Client()
    assert "look after the streets together" in client.get("/initiatives/weyhe/").text
    assert "Weyhe" in client.get("/search/?q=streets+together").text
    assert existing_triggers(connection)

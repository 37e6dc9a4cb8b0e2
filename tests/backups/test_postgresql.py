"""What only PostgreSQL has: programs with versions, and one transaction."""

from unittest.mock import patch

import pytest
from django.db import connection

from casebase.backups import postgresql
from casebase.backups.errors import BackupError
from casebase.backups.making import make_backup
from casebase.backups.restoring import check_backup, restore_backup
from references.models import Reference
from tests.concurrent_writes import postgresql_only
from tests.factories import ReferenceFactory
from tests.killed_process import dump_of_postgresql

pytestmark = [pytest.mark.django_db(transaction=True), postgresql_only]


@pytest.fixture
def old_programs(tmp_path, monkeypatch):
    """Programs of an old version are the first on the path."""
    for program in ("pg_dump", "psql"):
        file = tmp_path / program
        file.write_text(f"#!/bin/sh\necho '{program} (PostgreSQL) 9.6.24'\n")
        file.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")


def test_old_programs_are_refused(folder, old_programs):
    words = "pg_dump 9 is older than the server. Install the package postgresql-client-"
    with pytest.raises(BackupError, match=words):
        make_backup(folder, "")
    assert [*folder.iterdir()] == []


def test_missing_programs_are_named(folder, monkeypatch):
    monkeypatch.setenv("PATH", "")
    words = "pg_dump is missing. Install the package postgresql-client"
    with pytest.raises(BackupError, match=words):
        make_backup(folder, "")


def test_an_older_server_is_refused(folder, monkeypatch):
    version = postgresql.engine_version()
    monkeypatch.setattr(postgresql, "engine_version", lambda: version + 1)
    with patch.object(postgresql, "refuse_if_older"):
        file, _ = make_backup(folder, "")
    monkeypatch.undo()
    words = f"made by PostgreSQL {version + 1}, and this server is {version}."
    with pytest.raises(BackupError, match=words):
        check_backup(file, None)


def test_a_restore_that_fails_changes_nothing(folder):
    ReferenceFactory()
    file, _ = make_backup(folder, "")
    Reference.objects.update(title="Changed")
    before = dump_of_postgresql()
    check = postgresql.CHECK_COUNT.replace("{count:d}", "{count:d} + 1")
    with (
        patch.object(postgresql, "CHECK_COUNT", check),
        pytest.raises(BackupError, match=r"psql failed: (?s:.*) has not \d+ \+ 1 rows"),
    ):
        restore_backup(file, None, replace=True)
    assert dump_of_postgresql() == before


def test_an_extension_of_somebody_else_is_left_alone(tmp_path):
    with connection.cursor() as cursor:
        # Of those that come with every server.
        cursor.execute("CREATE EXTENSION citext")
        postgresql.dump(tmp_path / "part")
        cursor.execute("DROP EXTENSION citext")
    script = b"".join(postgresql.script_of(tmp_path / "part"))
    assert b"CREATE EXTENSION IF NOT EXISTS citext" in script
    assert b"COMMENT ON" not in script


def test_what_cannot_be_migrated_is_restored_and_told(folder):
    forget = "DELETE FROM django_migrations WHERE app = 'initiatives' AND name < '0002'"
    remember = (
        "INSERT INTO django_migrations (app, name, applied) "
        "VALUES ('initiatives', '0001_initial', now())"
    )
    with connection.cursor() as cursor:
        cursor.execute(forget)
        file, _ = make_backup(folder, "")
        words = "as it was backed up, but it can't be migrated to this release: "
        with pytest.raises(BackupError, match=words):
            restore_backup(file, None, replace=True)
        cursor.execute(remember)


def test_the_password_is_no_argument():
    with patch.dict(connection.settings_dict, {"PASSWORD": "only for tests"}):
        assert "only" not in " ".join(postgresql.target())
        assert postgresql.environment()["PGPASSWORD"] == "only for tests"

"""/health/ and /ready/, and processes that start before the migrations have run."""

import json
import os
import subprocess
import sys

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from pytest_django.asserts import assertContains

from casebase import __version__, unapplied_migrations
from casebase.overload import handle_server_error
from casebase.unapplied_migrations import is_waiting_for_migrate
from tests.factories import ConceptFactory, FindingFactory, InitiativeFactory
from tests.test_settings import PRODUCTION


@pytest.mark.once
def test_health_touches_nothing(client):
    """Without the database, which this test has not asked for."""
    answer = client.get("/health/")
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert answer.json() == {"status": "ok", "version": __version__}


@pytest.mark.django_db
def test_a_site_that_is_ready_counts_public_records(client):
    FindingFactory()
    InitiativeFactory(status="draft")
    ConceptFactory()

    response = client.get("/ready/")

    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    answer = response.json()
    assert answer["status"] == "ready"
    assert answer["version"] == __version__
    assert answer["database"] == {"engine": connection.vendor, "state": "answering"}
    assert answer["content"]["initiatives"] == 1


@pytest.mark.django_db
def test_the_counts_of_an_empty_site_are_zero(client):
    assert set(client.get("/ready/").json()["content"].values()) == {0}


def test_a_site_is_not_ready_if_the_database_is_unavailable():
    """In a process of its own with production settings, over plain HTTP."""
    code = """
import django
django.setup()
from django.test import Client
response = Client(headers={"host": "casebase.example"}).get("/ready/")
print(response.status_code, response.text)
"""
    nobody_listens_here = "postgres://someone:secret@127.0.0.1:1/casebase"
    asked = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | PRODUCTION | {"DATABASE_URL": nobody_listens_here},
        capture_output=True,
        text=True,
    )
    status, answer = asked.stdout.split(" ", 1)
    assert status == "503", asked.stderr
    assert json.loads(answer) == {
        "status": "not ready",
        "version": __version__,
        "database": {"engine": "postgresql", "state": "not answering"},
    }


def forget_last_migration():
    """Make the database one to which the last migration of rate limits is missing."""
    recorder = MigrationRecorder(connection)
    recorder.record_unapplied("rate_limits", "0001_initial")
    return "rate_limits.0001_initial"


@pytest.mark.django_db
def test_a_site_is_not_ready_before_migrate_has_run(client):
    name = forget_last_migration()
    answer = client.get("/ready/")
    assert answer.status_code == 503
    assert answer.json()["waiting_for"] == [name]


@pytest.mark.django_db
def test_old_code_stays_ready_when_newer_migrations_are_applied(client):
    MigrationRecorder(connection).record_applied("rate_limits", "9999_newer")
    assert client.get("/ready/").status_code == 200


@pytest.fixture
def missing_column(transactional_db):
    """A table that lacks a column of this code, and a migration that would add it."""
    # SQLite can't rename a column that a trigger mentions; nothing mentions this one.
    rename = "ALTER TABLE rate_limits_tally RENAME COLUMN {} TO {}"
    with connection.cursor() as cursor:
        cursor.execute(rename.format("hour", "later"))
    forget_last_migration()
    yield
    with connection.cursor() as cursor:
        cursor.execute(rename.format("later", "hour"))
    MigrationRecorder(connection).record_applied("rate_limits", "0001_initial")


def test_readers_are_told_to_wait_for_a_migration(missing_column, caplog):
    InitiativeFactory(slug="weyhe")
    client = Client(raise_request_exception=False)
    page = client.post("/initiatives/weyhe/suggest/", {"text": "Look."})
    assertContains(page, "The site is being upgraded", status_code=503)
    assert page["Retry-After"] == "10"
    assert "until migrate has run" in caplog.text


@pytest.mark.django_db
def test_an_error_within_a_transaction_is_not_looked_into():
    forget_last_migration()
    assert not is_waiting_for_migrate(DatabaseError("no such column"))


@pytest.mark.django_db(transaction=True)
def test_other_errors_of_the_database_get_500(rf):
    try:
        raise DatabaseError("no such column")
    except DatabaseError:
        assert handle_server_error(rf.get("/")).status_code == 500


@pytest.mark.once
@pytest.mark.django_db
def test_waiting_for_migrate_logs_what_is_missing(monkeypatch, caplog):
    name = forget_last_migration()

    def migrate(seconds):
        MigrationRecorder(connection).record_applied(*name.split("."))

    monkeypatch.setattr(unapplied_migrations, "sleep", migrate)
    call_command("wait_for_database", "--migrated")
    assert caplog.messages == [f"Waiting for “manage.py migrate” to apply {name}"]
    call_command("wait_for_database", "--migrated")
    assert len(caplog.messages) == 1

"""What migrations leave of the triggers, and of what was noted before and meanwhile."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from casebase.change_tracking import triggers
from casebase.change_tracking.models import Counter, Touched
from initiatives.models import Initiative
from tests.change_tracking.test_triggers import touched_by
from tests.concurrent_writes import postgresql_only
from tests.factories import InitiativeFactory

pytestmark = pytest.mark.django_db

PLAN = ["a migration"]


def test_changes_by_migrations_do_not_count_as_noted():
    earlier = InitiativeFactory()
    before = Counter.objects.get()
    # PostgreSQL raises the version once in a transaction, and a migration has its own.
    Counter.objects.update(version=before.version + 1, writer=0)
    Touched.objects.update(version=before.version)
    triggers.prepare_for_migrate(using="default", plan=PLAN)
    Counter.objects.update(version=before.version + 2)
    by_migration = InitiativeFactory()
    triggers.create_after_migrate(using="default", plan=PLAN)
    pending = Touched.objects.pending().by_kind()["initiative"]
    assert earlier.pk in pending
    assert by_migration.pk not in pending
    # Snapshots are made anew.
    assert Counter.objects.get().told_since > before.version
    assert touched_by(InitiativeFactory)


def test_others_write_while_migrations_run_on_postgresql():
    """SQLite could not rename tables, and has one machine, which can be stopped."""
    triggers.prepare_for_migrate(using="default", plan=PLAN)
    remain = connection.vendor == "postgresql"
    assert bool(triggers.existing_triggers(connection)) == remain
    assert bool(touched_by(InitiativeFactory)) == remain
    triggers.create_after_migrate(using="default", plan=PLAN)
    assert touched_by(InitiativeFactory)


def test_triggers_of_tables_that_are_not_tracked_any_more_are_dropped():
    triggers.create_triggers(connection, ["initiatives_organisation"])
    of_tables = {table for _, table in triggers.existing_triggers(connection)}
    assert of_tables == {"initiatives_organisation"}
    triggers.create_after_migrate(using="default", plan=[])
    assert touched_by(InitiativeFactory)


def test_nothing_is_dropped_if_there_is_nothing_to_migrate():
    before = triggers.existing_triggers(connection)
    triggers.prepare_for_migrate(using="default", plan=[])
    assert before == triggers.existing_triggers(connection) != []


@postgresql_only
@pytest.mark.django_db(transaction=True)
def test_readers_and_migrate_do_not_wait_for_each_other():
    """A long export reads while the triggers are created."""

    def create():
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '2s'")
        triggers.create_after_migrate(using="default", plan=[])
        connection.close()

    InitiativeFactory()
    with transaction.atomic(), ThreadPoolExecutor(1) as pool:
        assert Initiative.objects.exists()
        pool.submit(create).result()


@pytest.mark.django_db(transaction=True)
def test_a_database_without_a_version_is_as_before_the_first_one():
    Counter.objects.all().delete()
    triggers.prepare_for_migrate(using="default", plan=PLAN)
    triggers.create_after_migrate(using="default", plan=PLAN)
    assert not Touched.objects.pending()
    assert Counter.objects.exists()


def test_migrating_without_a_migration_does_not_restart_tracking():
    before = Counter.objects.get()
    triggers.create_after_migrate(using="default", plan=[])
    assert Counter.objects.get().told_since == before.told_since
    assert touched_by(InitiativeFactory)


def test_no_triggers_are_created_in_a_database_without_the_counter():
    triggers.drop_triggers(connection)
    table = Counter._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} RENAME TO not_there_yet")
        triggers.prepare_for_migrate(using="default", plan=PLAN)
        triggers.create_after_migrate(using="default", plan=[])
        cursor.execute(f"ALTER TABLE not_there_yet RENAME TO {table}")
    assert triggers.existing_triggers(connection) == []

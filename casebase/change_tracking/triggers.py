"""The triggers that note every write, in the SQL of both databases.

They are generated from ``tracked_tables.py`` after every migration.
"""

import time
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from casebase.change_tracking.models import Counter, Touched
from casebase.change_tracking.tracked_tables import touched_key_queries, tracked_tables

# Notes records with the current version. A record noted with it already is skipped.
TOUCH = """
INSERT INTO changes_touched (kind, key, version, is_followed)
SELECT DISTINCT '{kind}', t.key, c.version, FALSE
FROM changes_counter c, ({keys}) AS t
WHERE t.key IS NOT NULL AND {condition}
ON CONFLICT (kind, key) DO UPDATE SET version = excluded.version, is_followed = FALSE
WHERE changes_touched.version <> excluded.version OR changes_touched.is_followed;
"""
ROWS = {"INSERT": ["NEW"], "UPDATE": ["OLD", "NEW"], "DELETE": ["OLD"]}
# Whether two values differ, one of which may be NULL.
DIFFERS = {"sqlite": "IS NOT", "postgresql": "IS DISTINCT FROM"}

# Versions are never used again, also not after a backup was restored or a standby took
# over that lacks the last ones: what was cached for them would be wrong. So they follow
# the clock, in microseconds since 1970.
# SQLite lets one transaction write at a time, so every row may raise the version.
SQLITE = """
CREATE TRIGGER {name} AFTER {event} ON {table} BEGIN
UPDATE changes_counter SET version = MAX(
    version + 1, CAST((julianday('now') - 2440587.5) * 86400000000 AS INTEGER)
);
{touch}
END
"""
# On PostgreSQL each transaction raises the version once, before it locks any row. So a
# transaction that waits for the counter holds no lock that others wait for.
RAISE = """
CREATE OR REPLACE FUNCTION changes_raise() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
UPDATE changes_counter SET writer = txid_current(), version = GREATEST(
    version + 1, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint
)
WHERE writer <> txid_current();
RETURN NULL;
END $$
"""
RAISE_FIRST = """
CREATE OR REPLACE TRIGGER changes_raise BEFORE INSERT OR UPDATE OR DELETE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION changes_raise()
"""
# Only a superuser may switch triggers off, so whoever need not be told says so.
UNTRACKED = "casebase.untracked"
NOTE = f"""
CREATE OR REPLACE FUNCTION {{name}}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
IF current_setting('{UNTRACKED}', TRUE) = 'on' THEN RETURN NULL; END IF;
{{touch}}
RETURN NULL;
END $$
"""
NOTE_AFTER = """
CREATE OR REPLACE TRIGGER {name} AFTER {event} ON {table}
FOR EACH ROW EXECUTE FUNCTION {name}()
"""


# Alias of a database on which migrations are running → the version before them.
versions_before: dict[str, int] = {}


def prepare_for_migrate(using: str, plan: Any = None, **_: Any) -> None:
    """Drop the triggers on SQLite before migrations run.

    SQLite can't rename a table that a trigger mentions, and drops the triggers of a
    table that is dropped. On PostgreSQL they stay, because the code of the release
    before may write meanwhile.
    """
    connection = connections[using]
    if connection.vendor == "sqlite" and plan != []:
        drop_triggers(connection)
    if Counter._meta.db_table in connection.introspection.table_names():
        counter = Counter.objects.using(using).first()
        versions_before[using] = counter.version if counter else 0


def create_after_migrate(using: str, plan: Any = None, **_: Any) -> None:
    """Create the triggers after migrations, whose own changes don't count as noted."""
    tables = connections[using].introspection.table_names()
    if Counter._meta.db_table not in tables:
        return
    tracked = [name for name in tracked_tables() if name in tables]
    create_triggers(connections[using], tracked)
    if plan != []:
        noted = Touched.objects.using(using).pending()
        before = versions_before.get(using, 0)
        noted.filter(version__gt=before).update(is_followed=True)
        restart_tracking(using)


@contextmanager
def untracked_transaction(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Open a transaction without triggers, for writing very many records.

    Snapshots are rebuilt after it. What is derived within the database is not updated:
    run ``rebuild_search`` and ``derive_upkeep``, and call ``record_all()`` of the
    history.
    """
    with transaction.atomic(using=using):
        drop_triggers(connections[using])
        yield
        create_triggers(connections[using], tracked_tables())
        restart_tracking(using)


def restart_tracking(using: str = DEFAULT_DB_ALIAS) -> None:
    """Raise the version, and forget which records were touched before.

    Snapshots are then rebuilt from all records, not from those touched since.
    """
    with transaction.atomic(using=using):
        counter = Counter.objects.using(using).select_for_update().first()
        counter = counter or Counter(pk=1, version=0)
        # Higher than any version of an earlier counter that was lost with its table.
        counter.version = max(counter.version + 1, time.time_ns() // 1000)
        counter.told_since = counter.version
        counter.save(using=using)


def create_triggers(connection: BaseDatabaseWrapper, tables: Iterable[str]) -> None:
    """Create the triggers of these tables, and drop all others.

    SQLite makes other processes wait meanwhile. On PostgreSQL each trigger is replaced
    by itself, so that none is ever missing, and no reader has to wait: a transaction
    that changes all of them and one that writes two tables would wait for each other.
    """
    if connection.vendor == "sqlite":
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            drop_triggers(connection)
            for statement in chain.from_iterable(map(sqlite_statements, tables)):
                cursor.execute(statement)
        return
    created = set()
    with connection.cursor() as cursor:
        cursor.execute(RAISE)
        for table in tables:
            for name, statement in postgresql_statements(table):
                cursor.execute(statement)
                created.add((name, table))
    drop_triggers(connection, kept=created)


def sqlite_statements(table: str) -> Iterator[str]:
    for event, rows in ROWS.items():
        name = f"changes_{event.lower()}_{table}"
        yield SQLITE.format(
            name=name,
            event=event,
            table=table,
            touch=touch_statements(table, rows, DIFFERS["sqlite"]),
        )


def postgresql_statements(table: str) -> Iterator[tuple[str, str]]:
    """Yield statements, with the name of the trigger that each is for."""
    yield "changes_raise", RAISE_FIRST.format(table=table)
    for event, rows in ROWS.items():
        name = f"changes_{event.lower()}_{table}"
        touch = touch_statements(table, rows, DIFFERS["postgresql"])
        yield name, NOTE.format(name=name, touch=touch)
        yield name, NOTE_AFTER.format(name=name, event=event, table=table)


def touch_statements(table: str, rows: Collection[str], differs: str) -> str:
    """Return the SQL that notes the records touched by a write to this table.

    ``rows`` are the names of the rows in the trigger: “OLD”, “NEW” or both.
    """
    is_update = len(rows) > 1
    return "".join(
        TOUCH.format(
            kind=kind,
            keys=touched.keys,
            condition=change_condition(touched.columns if is_update else (), differs),
        )
        for row in rows
        for kind, touched in touched_key_queries(table, row)
    )


def change_condition(columns: Iterable[str], differs: str) -> str:
    """Return SQL that is true if one of these columns changes, or if none is named."""
    changes = (f'OLD."{name}" {differs} NEW."{name}"' for name in columns)
    return f"({' OR '.join(changes) or 'TRUE'})"


EXISTING_TRIGGERS = {
    "sqlite": """
        SELECT name, tbl_name FROM sqlite_master
        WHERE type = 'trigger' AND name LIKE 'changes\\_%' ESCAPE '\\'
    """,
    "postgresql": """
        SELECT t.tgname, c.relname
        FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
        WHERE t.tgname LIKE 'changes\\_%' AND pg_table_is_visible(c.oid)
    """,
}


def existing_triggers(connection: BaseDatabaseWrapper) -> list[tuple[str, str]]:
    """Return the name and the table of each of our triggers in the database."""
    with connection.cursor() as cursor:
        cursor.execute(EXISTING_TRIGGERS[connection.vendor])
        return cursor.fetchall()


def drop_triggers(
    connection: BaseDatabaseWrapper, kept: Collection[tuple[str, str]] = ()
) -> None:
    """Drop our triggers, except those whose name and table are kept."""
    on_table = " ON {}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name, table in set(existing_triggers(connection)) - set(kept):
            cursor.execute(f"DROP TRIGGER {name}{on_table.format(table)}")

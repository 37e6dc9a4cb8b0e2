"""The triggers that note every write, in the words of both databases.

They are laid anew after every migration, from ``tracked_tables.py``.
"""

import time
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from casebase.change_tracking.models import Counter
from casebase.change_tracking.tracked_tables import touched_by, tracked_tables

# As of the present version. One that this version touched already is left as it is.
TOUCH = """
INSERT INTO changes_touched (kind, key, version, is_followed)
SELECT DISTINCT '{kind}', t.key, c.version, FALSE
FROM changes_counter c, ({keys}) AS t
WHERE t.key IS NOT NULL
ON CONFLICT (kind, key) DO UPDATE SET version = excluded.version, is_followed = FALSE
WHERE changes_touched.version <> excluded.version OR changes_touched.is_followed;
"""
ROWS = {"INSERT": ["NEW"], "UPDATE": ["OLD", "NEW"], "DELETE": ["OLD"]}

# SQLite lets one transaction write at a time, so each row may raise the version.
SQLITE = """
CREATE TRIGGER {name} AFTER {event} ON {table} BEGIN
UPDATE changes_counter SET version = version + 1;
{touch}
END
"""
# PostgreSQL raises it once in a transaction, before any row is locked: whoever waits
# for the counter holds nothing that others wait for.
RAISE = """
CREATE OR REPLACE FUNCTION changes_raise() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
UPDATE changes_counter SET version = version + 1, writer = txid_current()
WHERE writer <> txid_current();
RETURN NULL;
END $$
"""
RAISE_FIRST = """
CREATE TRIGGER changes_raise BEFORE INSERT OR UPDATE OR DELETE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION changes_raise()
"""
NOTE = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
{touch}
RETURN NULL;
END $$
"""
NOTE_AFTER = """
CREATE TRIGGER {name} AFTER {event} ON {table}
FOR EACH ROW EXECUTE FUNCTION {name}()
"""


def before_migrations(using, **_):
    """Take the triggers off: SQLite renames no table that one of them speaks of."""
    drop(connections[using])


def after_migrations(using, plan=None, **_):
    """Lay the triggers again. What the migrations changed nobody has noted."""
    tables = connections[using].introspection.table_names()
    if Counter._meta.db_table not in tables:
        return
    lay(connections[using], [name for name in tracked_tables() if name in tables])
    if plan != []:
        begin_anew(using)


@contextmanager
def unnoted(using=DEFAULT_DB_ALIAS):
    """One transaction that writes so much that everything derived is made anew."""
    with transaction.atomic(using=using):
        drop(connections[using])
        yield
        lay(connections[using], tracked_tables())
        begin_anew(using)


def begin_anew(using=DEFAULT_DB_ALIAS):
    """Have what is derived be made from all records, not from those touched since."""
    with transaction.atomic(using=using):
        counter = Counter.objects.using(using).select_for_update().first()
        counter = counter or Counter(pk=1, version=0)
        # Higher than any that a counter had which was lost with its table.
        counter.version = max(counter.version + 1, time.time_ns() // 1000)
        counter.told_since = counter.version
        counter.save(using=using)


def lay(connection, tables):
    drop(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(RAISE)
        for table in tables:
            for statement in STATEMENTS[connection.vendor](table):
                cursor.execute(statement)


def of_sqlite(table):
    for event, rows in ROWS.items():
        name = f"changes_{event.lower()}_{table}"
        yield SQLITE.format(
            name=name, event=event, table=table, touch=touch(table, rows)
        )


def of_postgresql(table):
    yield RAISE_FIRST.format(table=table)
    for event, rows in ROWS.items():
        if noted := touch(table, rows):
            name = f"changes_{event.lower()}_{table}"
            yield NOTE.format(name=name, touch=noted)
            yield NOTE_AFTER.format(name=name, event=event, table=table)


STATEMENTS = {"sqlite": of_sqlite, "postgresql": of_postgresql}


def touch(table, rows):
    """The statements that note what a write to this table touches."""
    return "".join(
        TOUCH.format(kind=kind, keys=keys)
        for row in rows
        for kind, keys in touched_by(table, row)
    )


LAID = {
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


def laid(connection):
    """Pairs of a trigger and its table, of those that there are now."""
    with connection.cursor() as cursor:
        cursor.execute(LAID[connection.vendor])
        return cursor.fetchall()


def drop(connection):
    on_table = " ON {}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name, table in laid(connection):
            cursor.execute(f"DROP TRIGGER {name}{on_table.format(table)}")

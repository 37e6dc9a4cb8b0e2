"""Dumps a PostgreSQL database and replaces one, with PostgreSQL's own programs."""

import os
import re
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.core.management import call_command
from django.db import connection, transaction
from psycopg.conninfo import make_conninfo
from psycopg.pq import Conninfo

from casebase.backups.contents import contents_of, renewal
from casebase.backups.errors import BackupError
from casebase.backups.manifest import Contents, Manifest
from casebase.backups.programs import reading_from, running, writing_to

PART = "database.pgdump"

# No notice of each table; and a reader of hours doesn't keep us, and those behind us.
QUIET = "SET LOCAL client_min_messages = warning; SET LOCAL lock_timeout = '60s'"
# Tables with their sequences, indexes and triggers, and functions. What belongs to an
# extension stays.
DROP_ALL = """
DO $$ DECLARE dropped text; BEGIN
FOR dropped IN SELECT format('TABLE IF EXISTS %s CASCADE', c.oid::regclass)
FROM pg_class c WHERE c.relkind IN ('r', 'p')
AND c.relnamespace = 'public'::regnamespace AND NOT EXISTS (
SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
LOOP EXECUTE 'DROP ' || dropped; END LOOP;
FOR dropped IN SELECT format('ROUTINE IF EXISTS %s CASCADE', p.oid::regprocedure)
FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND NOT EXISTS (
SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
LOOP EXECUTE 'DROP ' || dropped; END LOOP;
END $$
"""
CHECK_COUNT = """
DO $$ BEGIN IF (SELECT count(*) FROM "{table}") <> {count:d} THEN
RAISE EXCEPTION 'The table {table} has not {count:d} rows.'; END IF; END $$
"""
# Programs of version 17 set it, and older servers don't know it.
UNKNOWN_SETTING = b"SET transaction_timeout = 0;\n"


def engine_version() -> int:
    """Return the major version of the server."""
    connection.ensure_connection()
    return int(connection.pg_version) // 10_000


def dump(file: Path) -> Contents:
    """Dump the database as it is at one moment. Raises BackupError."""
    refuse_if_older("pg_dump")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        [snapshot] = cursor.execute("SELECT pg_export_snapshot()").fetchone()
        tables = connection.introspection.table_names(cursor)
        contents = contents_of(lambda sql: cursor.execute(sql).fetchall(), tables)
        # The archive as a whole is compressed.
        options = ("--format=custom", "--compress=0", "--no-owner", "--no-privileges")
        place = (f"--snapshot={snapshot}", f"--file={file}", *target())
        with running(["pg_dump", *options, *place], env=environment()):
            pass
    return contents


def check(part: Path, manifest: Manifest) -> None:
    """Raise BackupError if the part can't be restored into this server."""
    if engine_version() < manifest.engine_version:
        raise BackupError(
            f"It was made by PostgreSQL {manifest.engine_version}, and this server is "
            f"{engine_version()}. Restore it into {manifest.engine_version} or newer."
        )
    refuse_if_older("psql")
    with running(["pg_restore", "--list", part], stdout=subprocess.DEVNULL):
        pass


def restore(part: Path, manifest: Manifest, counter: int) -> None:
    """Replace the database by the part in one transaction, then migrate it.

    A process that is killed never sends COMMIT, so nothing is changed then.
    """
    command = ["psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", *target()]
    checks = (
        CHECK_COUNT.format(table=table, count=count)
        for table, count in manifest.contents.counts.items()
    )
    with writing_to(command, stdout=subprocess.DEVNULL, env=environment()) as psql:
        psql.write(sql(["BEGIN", QUIET, DROP_ALL]))
        psql.writelines(script_of(part))
        # The script leaves no schema where names are looked up.
        psql.write(sql(["SET search_path = public", *checks, *renewal(counter)]))
        psql.write(sql(["COMMIT"]))
    migrate()


def migrate() -> None:
    try:
        call_command("migrate", interactive=False, verbosity=0)
    except Exception as error:
        raise BackupError(
            "The database is restored as it was backed up, but it can't be migrated "
            f"to this release: {error}"
        ) from error
    with connection.cursor() as cursor:
        # Without statistics, the first queries would be slow.
        cursor.execute("ANALYZE")


def script_of(part: Path) -> Iterator[bytes]:
    """Yield the lines of the SQL that restores the part. Raises BackupError."""
    # Only its owner may comment on an extension, and we write no other comments.
    options = ("--no-owner", "--no-privileges", "--no-comments", "--file=-")
    with reading_from(["pg_restore", *options, part]) as lines:
        yield from (line for line in lines if line != UNKNOWN_SETTING)


def sql(statements: Iterable[str]) -> bytes:
    return "".join(f"{statement};\n" for statement in statements).encode()


def target() -> list[str]:
    """Return the argument that names the database, without its password.

    It has only what the settings say: older programs don't know all options that the
    driver knows.
    """
    known = {option.keyword.decode() for option in Conninfo.get_defaults()}
    parameters = connection.get_connection_params()
    named = {name: parameters[name] for name in parameters.keys() & known}
    return [f"--dbname={make_conninfo(**named | {'password': None})}"]


def environment() -> dict[str, str]:
    """Return the environment of programs that connect to the database."""
    password = connection.get_connection_params().get("password")
    return os.environ | ({"PGPASSWORD": password} if password else {})


def refuse_if_older(program: str) -> None:
    """Raise BackupError if the program is older than the server."""
    with reading_from([program, "--version"]) as output:
        version = re.search(rb"\) (\d+)", output.read())
    if version and int(version[1]) < engine_version():
        raise BackupError(
            f"{program} {int(version[1])} is older than the server. Install the "
            f"package postgresql-client-{engine_version()}."
        )

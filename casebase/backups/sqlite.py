"""Copies a SQLite database while others write, and replaces one in a transaction."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connection

from casebase.backups.contents import contents_of, renewal
from casebase.backups.errors import BackupError, DamagedBackupError
from casebase.backups.manifest import Contents, Manifest

PART = "database.sqlite3"


def engine_version() -> int:
    return sqlite3.sqlite_version_info[0]


def dump(file: Path) -> Contents:
    """Copy the database as it is at one moment. Raises BackupError if it is damaged.

    Unlike the backup API of SQLite, VACUUM leaves out what was deleted.
    https://www.sqlite.org/lang_vacuum.html
    """
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(file)])
    return contents_of_file(file)


def check(part: Path, manifest: Manifest) -> None:
    """Raise BackupError if the part is not the database that was backed up."""
    if contents_of_file(part) != manifest.contents:
        raise DamagedBackupError("The database in it is not what its manifest says.")


def contents_of_file(file: Path) -> Contents:
    """Return what is in the file. Raises BackupError if it is damaged."""
    with closing(sqlite3.connect(file)) as database:
        [answer] = database.execute("PRAGMA integrity_check(1)").fetchone()
        if answer != "ok":
            raise BackupError(f"The database is damaged: {answer}")
        tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        names = [name for [name] in tables if not name.startswith("sqlite_")]
        return contents_of(database.execute, names)


def restore(part: Path, manifest: Manifest, counter: int) -> None:
    """Replace the database by the part, migrated to this release, or change nothing."""
    with closing(sqlite3.connect(part)) as database, database:
        for statement in renewal(counter):
            database.execute(statement)
    migrate(part)
    replace_database(part)


def migrate(file: Path) -> None:
    """Migrate the database in the file, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate", "--no-input", "--verbosity=0"],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": f"sqlite:///{quote(str(file))}"},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise BackupError(f"It can't be migrated to this release: {done.stderr}")


def replace_database(file: Path) -> None:
    """Copy the file over the database, in one transaction.

    Processes that have the database open go on: they see the old one until the
    transaction ends. A file that were renamed would be read with the log of the old.
    https://www.sqlite.org/backup.html
    """
    connection.ensure_connection()
    with closing(sqlite3.connect(file)) as restored:
        restored.backup(connection.connection)
    # Onto the disk: without this, a power cut could bring back the old database.
    connection.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

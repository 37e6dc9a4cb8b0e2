"""Kills a process of the site while it writes, and compares the database."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.db import connection

from casebase.change_tracking.transactions import tracked_transaction

ROOT = Path(__file__).parent.parent
START = "import django; django.setup()\n"
# Defines halt(), which never returns, so the transaction is never committed.
HALT = """
import signal
def halt(*_, **__):
    print("midway", flush=True)
    signal.pause()
"""


def rows_before_and_after_kill(code, folder):
    """Return every row of every table, before and after a process is killed.

    The process runs ``code`` on a copy of the database in ``folder``, and is killed
    when it calls ``halt()``.
    """
    # Emptying the tables after another test may have left touched records.
    with tracked_transaction():
        pass
    if connection.vendor == "sqlite":
        file = folder / "db.sqlite3"
        with closing(sqlite3.connect(file)) as copy:
            connection.connection.backup(copy)
        url, dump = f"sqlite:///{file}", lambda: dump_of_sqlite(file)
    else:
        url, dump = url_of_postgresql(), dump_of_postgresql
    before = dump()
    kill_midway(code, url, folder)
    return before, dump()


def url_of_postgresql():
    """Return the DATABASE_URL of the test database."""
    url = urlsplit(os.environ["DATABASE_URL"])
    path = f"/{connection.settings_dict['NAME']}"
    return urlunsplit(url._replace(path=path))


def kill_midway(code, url, folder):
    settings = {
        "DATABASE_URL": url,
        "COVERAGE_PROCESS_CONFIG": "",
        # A killed process can't delete its temporary files.
        "TMPDIR": str(folder),
    }
    process = subprocess.Popen(
        [sys.executable, "-c", START + HALT + code],
        cwd=ROOT,
        env=os.environ | settings,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout.readline() == "midway\n"
        os.kill(process.pid, signal.SIGKILL)


def dump_of_sqlite(file):
    with closing(sqlite3.connect(file)) as copy:
        return sorted(line for line in copy.iterdump() if line.startswith("INSERT"))


def dump_of_postgresql():
    with connection.cursor() as cursor:
        rows = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            rows[table] = sorted(map(repr, cursor.fetchall()))
        return rows

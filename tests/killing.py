"""A process of the site that is killed in the midst of writing."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.db import connection

from casebase.change_tracking.transactions import written_together

ROOT = Path(__file__).parent.parent
START = "import django; django.setup()\n"
# What is written so far is not kept before this ends, and it never does.
HALT = """
import signal
def halt(*_, **__):
    print("midway", flush=True)
    signal.pause()
"""


def state_after_kill(code, folder):
    """Every row of every table, before and after a process with that code is killed.

    The code calls ``halt()`` where it is to be killed.
    """
    # Emptying the tables after another test may have left something to be followed.
    with written_together():
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
    """That of the database of the tests."""
    url = urlsplit(os.environ["DATABASE_URL"])
    path = f"/{connection.settings_dict['NAME']}"
    return urlunsplit(url._replace(path=path))


def kill_midway(code, url, folder):
    settings = {
        "DATABASE_URL": url,
        "COVERAGE_PROCESS_CONFIG": "",
        # What is killed can't tidy up.
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

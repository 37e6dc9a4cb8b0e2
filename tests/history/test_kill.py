"""A kill at any moment leaves all of a writing, or nothing."""

import os
import signal
import sqlite3
import subprocess
import sys

import pytest
from django.db import connection

WRITE = """
import sys
import django

django.setup()

from changes.writing import FOLLOWERS, written_together
from initiatives.models import Initiative


def wait(touched):
    print("Written, versions and all, but not committed.", flush=True)
    sys.stdin.readline()


FOLLOWERS.append(wait)
with written_together(act="import"):
    for n in range(3):
        Initiative.objects.create(slug=f"case-{n}", name=f"Case {n}")
"""
COUNT = "SELECT count(*) FROM {}"
TABLES = (
    "initiatives_initiative",
    "history_version",
    "history_edit",
    "changes_touched",
)


@pytest.mark.skipif(
    "connection.vendor != 'sqlite'", reason="A copy of a file is needed"
)
@pytest.mark.django_db(transaction=True)
def test_a_killed_import_leaves_nothing_and_a_finished_one_all(tmp_path):
    file = tmp_path / "db.sqlite3"
    with sqlite3.connect(file) as copy:
        connection.ensure_connection()
        connection.connection.backup(copy)
    copy.close()

    killed = begin(file)
    assert killed.stdout.readline().startswith("Written")
    killed.kill()
    assert killed.wait() == -signal.SIGKILL
    killed.stdin.close()
    killed.stdout.close()
    assert rows(file) == [0, 0, 0, 0]

    finished = begin(file)
    finished.communicate("\n")
    assert finished.returncode == 0
    assert rows(file) == [3, 3, 1, 3]


def begin(file):
    settings = {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    environment = os.environ | settings | {"DATABASE_URL": f"sqlite:///{file}"}
    return subprocess.Popen(
        [sys.executable, "-c", WRITE],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def rows(file):
    opened = sqlite3.connect(file)
    counts = [opened.execute(COUNT.format(t)).fetchone()[0] for t in TABLES]
    assert opened.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    opened.close()
    return counts

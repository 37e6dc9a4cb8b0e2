"""Losing the machine, rehearsed: backups under writes, kills, and what comes back."""

import os
import subprocess
import sys
from contextlib import contextmanager

import pytest
from django.core.cache import caches
from django.db import IntegrityError, connection
from django.test import Client

from casebase.backups.making import make_backup
from casebase.backups.models import last_backup
from casebase.backups.restoring import restore_backup
from casebase.change_tracking.transactions import tracked_transaction
from casebase.change_tracking.triggers import existing_triggers
from casebase.history.models import Version
from casebase.search.models import Document
from references.models import Reference
from tests.backups.databases import run_on
from tests.factories import ReferenceFactory
from tests.killed_process import ROOT, START, rows_before_and_after_kill

pytestmark = pytest.mark.django_db(transaction=True)

WRITER = """
from itertools import count
from casebase.change_tracking.transactions import tracked_transaction
from tests.factories import ContributionFactory, ReferenceFactory
for n in count():
    with tracked_transaction(why=f"work {n}"):
        work = ReferenceFactory(key=f"written-{n}")
        for author in range(2):
            ContributionFactory(
                reference=work,
                person__slug=f"author-{n}-{author}",
                position=author,
            )
    print(n, flush=True)
"""


@contextmanager
def writer(name):
    """Write works as fast as possible. Yields a stream with the number of each."""
    code = f"{START}from django.db import connection\n"
    code += f"connection.settings_dict['NAME'] = {name!r}\n{WRITER}"
    environment = os.environ | {"COVERAGE_PROCESS_CONFIG": ""}
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, stdout=subprocess.PIPE
    ) as process:
        yield process.stdout
        process.kill()


def works():
    """Return the number of each written work → authors, versions and documents."""
    return {
        int(work.key.removeprefix("written-")): (
            work.contributions.count(),
            Version.objects.filter(kind="reference", key=work.pk).count(),
            Document.objects.filter(kind="reference", record=work.pk).count(),
        )
        for work in Reference.objects.filter(key__startswith="written-")
    }


def test_all_that_was_committed_before_a_backup_comes_back(site, empty, folder):
    with writer(site) as numbers:
        committed = [int(numbers.readline()) for _ in range(3)][-1]
        file, manifest = run_on(site, make_backup, folder, "")
        # It still writes.
        assert numbers.readline()
    run_on(empty, restore_backup, file, None, replace=False)
    restored = run_on(empty, works)
    assert list(restored) == list(range(len(restored)))
    assert len(restored) > committed
    assert set(restored.values()) == {(2, 1, 1)}
    assert run_on(empty, last_backup).made_at == manifest.made_at
    assert run_on(empty, triggers) == run_on(site, triggers) != []
    # Sequences go on, and constraints hold.
    assert run_on(empty, lambda: ReferenceFactory(key="new").pk) > len(restored)
    with pytest.raises(IntegrityError):
        run_on(empty, ReferenceFactory, key="new")


def triggers():
    return sorted(existing_triggers(connection))


def titles(client, tag=""):
    """Return the answer to a request for the list of works, after a tag or without."""
    return client.get("/references/", headers={"If-None-Match": tag} if tag else {})


def add_work(title):
    with tracked_transaction():
        ReferenceFactory(title=title)


@pytest.fixture
def page_cache(settings):
    locmem = "django.core.cache.backends.locmem.LocMemCache"
    answers = {"BACKEND": locmem, "LOCATION": "while a backup is restored"}
    settings.CACHES = settings.CACHES | {"answers": answers}
    yield
    caches["answers"].clear()


def test_nothing_that_was_cached_before_is_served_afterwards(site, folder, page_cache):
    def live():
        client = Client()
        add_work("Backed up")
        titles(client)
        file, _ = make_backup(folder, "")
        add_work("Lost")
        lost = titles(client)
        assert "Lost" in lost.text
        restore_backup(file, None, replace=True)
        assert "Lost" not in titles(client).text
        # By now, the counter would have been what it was when the page was cached.
        add_work("New")
        page = titles(client, tag=lost["ETag"])
        assert page.status_code == 200
        assert "New" in page.text
        assert "Lost" not in page.text

    run_on(site, live)


RESTORE = """
from pathlib import Path
from casebase.backups.restoring import restore_backup
restore_backup(Path({file!r}), None, replace=True)
"""
HALF_RESTORED = {
    "sqlite": """
import sqlite3
from functools import partial
from casebase.backups import sqlite
class Halting(sqlite3.Connection):
    def backup(self, target):
        super().backup(target, pages=10, progress=halt)
sqlite.migrate = lambda file: None
sqlite3.connect = partial(sqlite3.connect, factory=Halting)
""",
    "postgresql": """
from casebase.backups import postgresql
postgresql.renewal = halt
""",
}


def test_a_killed_restore_changes_nothing(site, folder, tmp_path):
    file, _ = run_on(site, make_backup, folder, "")
    with tracked_transaction():
        ReferenceFactory.create_batch(3)
    code = HALF_RESTORED[connection.vendor] + RESTORE.format(file=str(file))
    before, after = rows_before_and_after_kill(code, tmp_path)
    assert before == after


HALF_WRITTEN = """
import tarfile
from pathlib import Path
from casebase.backups.making import make_backup
tarfile.copyfileobj = halt
make_backup(Path({folder!r}), "")
"""


@pytest.mark.once
def test_a_killed_backup_leaves_none_and_the_next_cleans_up(site, folder, tmp_path):
    code = HALF_WRITTEN.format(folder=str(folder))
    rows_before_and_after_kill(code, tmp_path)
    [half] = folder.iterdir()
    assert half.name.startswith(".casebase-")
    file, _ = run_on(site, make_backup, folder, "")
    assert [*folder.iterdir()] == [file]

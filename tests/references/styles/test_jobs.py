"""Long lists: one process for a list, two at most, and none is lost without a word."""

import fcntl
import os
import signal
import subprocess
import sys

import pytest

from references.models import Reference
from references.styles import jobs
from references.styles.errors import (
    RenderBusyError,
    RenderError,
    UnknownJobError,
    UnknownLocaleError,
    UnknownStyleError,
)
from references.styles.jobs import carry_out, progress, result, start
from references.styles.slots import one_at_a_time, running, take_slot
from tests.factories import ReferenceFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_in_files")]

NO_JOB = "0" * 32


@pytest.fixture
def works():
    ReferenceFactory(pk=2, key="meyer-2014", title="Together")
    ReferenceFactory(pk=1, key="alford-2009", title="Clients")
    return Reference.objects.order_by("-pk")


@pytest.fixture
def begun(monkeypatch):
    """Jobs begin and do nothing: each holds its slot until the test lets go."""
    held = {}
    monkeypatch.setattr(jobs, "spawn", held.__setitem__)
    yield held
    for slot in held.values():
        slot.close()


def end(begun, job):
    begun.pop(job).close()


def test_a_job_sets_the_works_in_the_given_order(works, begun):
    job = start(works, "nlm-citation-sequence", "", "text")
    assert progress(job) == ("running", 0, 2, "")
    carry_out(job)
    end(begun, job)
    assert progress(job) == ("done", 2, 2, "")
    assert result(job).read_text().startswith("1. Together")


@pytest.mark.parametrize("written_as", ["html", "docx"])
def test_a_job_writes_other_files_too(works, begun, written_as):
    job = start(works, "apa", "en-GB", written_as)
    carry_out(job)
    beginning = {"html": b"<!doctype html>", "docx": b"PK"}[written_as]
    assert result(job).read_bytes().startswith(beginning)


def test_the_same_list_is_set_once(works, begun):
    job = start(works, "apa", "", "text")
    assert start(works, "apa", "en-GB", "text") == job
    assert len(begun) == 1


def test_another_order_is_another_list(works, begun):
    job = start(works, "apa", "", "text")
    assert start(works.reverse(), "apa", "", "text") != job


def test_no_more_than_two_run_at_once(works, begun):
    first = start(works, "apa", "", "text")
    start(works, "apa", "", "html")
    for style in ("apa", "nlm-citation-sequence"):
        with pytest.raises(RenderBusyError, match="Try again in a minute"):
            start(works, style, "de-DE", "text")
    end(begun, first)
    start(works, "apa", "de-DE", "text")
    assert progress(first).state == "failed"


def test_a_job_that_ended_runs_again_with_the_works_of_today(works, begun):
    job = start(works, "apa", "", "text")
    carry_out(job)
    end(begun, job)
    works.filter(pk=1).update(title="Customers")
    assert start(works, "apa", "", "text") == job
    with pytest.raises(UnknownJobError):
        result(job)
    carry_out(job)
    assert "Customers" in result(job).read_text()


def test_a_work_that_is_gone_is_left_out(works, begun):
    job = start(works, "apa", "", "text")
    works.get(pk=1).delete()
    carry_out(job)
    assert result(job).read_text() == "Together. (n.d.).\n"


def test_a_job_that_fails_says_so(works, begun, monkeypatch):
    job = start(works, "chicago-notes-archive-place-first", "", "text")
    with pytest.raises(RenderError):
        carry_out(job)
    assert progress(job).state == "failed"
    assert "sets notes only" in progress(job).complaint
    end(begun, job)
    assert "sets notes only" in progress(job).complaint


def test_what_nobody_expected_is_not_shown_to_readers(works, begun, monkeypatch):
    monkeypatch.setitem(jobs.WRITERS, "text", None)
    job = start(works, "apa", "", "text")
    with pytest.raises(TypeError):
        carry_out(job)
    assert progress(job) == ("failed", 0, 2, "It failed.")


def test_a_job_that_was_killed_has_failed(works, begun):
    job = start(works, "apa", "", "text")
    end(begun, job)
    assert progress(job) == ("failed", 0, 2, jobs.STOPPED)


def test_nonsense_starts_nothing(works, begun):
    with pytest.raises(UnknownStyleError):
        start(works, "../../etc", "", "text")
    with pytest.raises(UnknownLocaleError):
        start(works, "apa", "xx", "text")
    assert begun == {}


@pytest.mark.parametrize("job", [NO_JOB, "", "../../etc", "A" * 32, "slots.lock"])
def test_an_unknown_job_is_unknown(job):
    with pytest.raises(UnknownJobError):
        progress(job)
    with pytest.raises(UnknownJobError):
        result(job)


def test_only_the_latest_are_kept_and_those_that_run(works, begun, monkeypatch):
    monkeypatch.setattr(jobs, "KEPT", 0)
    first = start(works, "apa", "", "text")
    second = start(works, "apa", "", "html")
    end(begun, second)
    third = start(works, "apa", "", "docx")
    assert progress(first).state == progress(third).state == "running"
    with pytest.raises(UnknownJobError, match="no longer kept"):
        progress(second)


def test_a_lock_ends_with_the_last_copy_of_its_file(tmp_path):
    with one_at_a_time(tmp_path), take_slot(tmp_path, "job") as slot:
        copy = os.dup(slot.fileno())
    assert running(tmp_path) == {"job"}
    os.close(copy)
    assert running(tmp_path) == set()


def test_a_real_process_holds_its_slot_until_it_is_killed(works, monkeypatch, tmp_path):
    """It finds no database, and would fail; a stopped process can't even do that."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/empty.sqlite3")
    monkeypatch.setenv("CACHE_DIR", str(tmp_path))
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "casebase.settings")
    started, popen = [], subprocess.Popen

    def stopped(*command, **options):
        started.append(popen(*command, **options))
        started[0].send_signal(signal.SIGSTOP)
        return started[0]

    monkeypatch.setattr(subprocess, "Popen", stopped)
    job = start(works, "apa", "", "text")
    assert start(works, "apa", "", "text") == job
    assert progress(job).state == "running"
    assert len(started) == 1
    started[0].kill()
    started[0].wait()
    assert progress(job) == ("failed", 0, 2, jobs.STOPPED)


def test_a_real_process_sets_a_list(works, monkeypatch, tmp_path):
    """In a database of its own, for it can't see into the transaction of a test."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/db.sqlite3")
    monkeypatch.setenv("CACHE_DIR", str(tmp_path))
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "casebase.settings")
    add = "from tests.factories import ReferenceFactory as F; F(pk=1); F(pk=2)"
    for command in (["migrate", "--verbosity", "0"], ["shell", "--command", add]):
        subprocess.run([sys.executable, "manage.py", *command], check=True)
    job = start(works, "apa", "", "text")
    with (tmp_path / "jobs" / "slot-0").open("ab") as slot:
        fcntl.flock(slot, fcntl.LOCK_EX)
    assert progress(job) == ("done", 2, 2, "")
    assert result(job).read_text().count("(n.d.).") == 2

"""Large files: one process for a file, two at most, and none is lost without a word."""

import fcntl
import os
import signal
import subprocess
import sys

import pytest

from casebase.files import jobs
from casebase.files.jobs import (
    JobError,
    Order,
    UnknownJobError,
    order_of,
    progress,
    result,
    run_job,
    start,
    tracked,
)
from casebase.semaphore import BusyError, Slots

pytestmark = pytest.mark.once

NO_JOB = "0" * 32


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.CACHE_DIR = tmp_path
    return tmp_path


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


def act(given, file, report):
    """What the jobs of these tests do: a line a record."""
    if "complaint" in given:
        raise JobError(given["complaint"])
    file.writelines(f"{record}\n".encode() for record in tracked(given["list"], report))


def order(*records, **given):
    given |= {"list": records}
    return Order("tests.test_jobs.act", given, len(records), "a.txt", "text/plain")


def test_a_job_writes_its_file(begun):
    job = start(order("Clients", "Together"))
    assert progress(job) == ("running", 0, 2, "")
    run_job(job)
    end(begun, job)
    assert progress(job) == ("done", 2, 2, "")
    assert result(job).read_text() == "Clients\nTogether\n"
    assert order_of(job).file_name == "a.txt"


def test_it_tells_how_far_it_is(begun, monkeypatch):
    monkeypatch.setattr(jobs, "TOLD_EVERY", 2)
    told, job = [], start(order(1, 2, 3, 4, 5))
    monkeypatch.setattr(jobs, "tell", lambda job, *progress: told.append(progress))
    run_job(job)
    assert told == [("running", 2, 5), ("running", 4, 5)]


def test_nothing_half_written_is_ever_there(begun, monkeypatch):
    """Until the last byte there is no file, and who looks is told how far it is."""
    looks = []

    def looking(given, file, report):
        file.write(b"half")
        file.flush()
        with pytest.raises(UnknownJobError):
            result(job)
        looks.append(progress(job).state)
        raise KeyboardInterrupt

    monkeypatch.setattr(jobs, "import_string", lambda name: looking)
    job = start(order("Clients"))
    with pytest.raises(KeyboardInterrupt):
        run_job(job)
    end(begun, job)
    assert looks == ["running"]
    assert progress(job) == ("failed", 0, 1, jobs.STOPPED)
    with pytest.raises(UnknownJobError):
        result(job)


def test_the_same_file_is_made_once(begun):
    job = start(order("Clients"))
    assert start(order("Clients")) == job
    assert len(begun) == 1
    assert start(order("Clients", "Together")) != job


def test_no_more_than_two_run_at_once(begun):
    first = start(order(1))
    start(order(2))
    for record in (3, 4):
        with pytest.raises(BusyError, match="Try again in a few minutes"):
            start(order(record))
    end(begun, first)
    start(order(3))
    assert progress(first).state == "failed"


def test_a_job_that_ended_runs_again(begun):
    job = start(order("Clients"))
    run_job(job)
    end(begun, job)
    assert start(order("Clients")) == job
    with pytest.raises(UnknownJobError):
        result(job)
    run_job(job)
    assert result(job).read_text() == "Clients\n"


def test_a_job_that_fails_says_so(begun):
    job = start(order("Clients", complaint="This style sets notes only."))
    with pytest.raises(JobError):
        run_job(job)
    for _ in range(2):
        assert progress(job) == ("failed", 0, 1, "This style sets notes only.")
        begun[job].close()


def test_what_nobody_expected_is_not_shown_to_readers(begun):
    job = start(order("Clients")._replace(act="tests.test_jobs.NO_JOB"))
    with pytest.raises(TypeError):
        run_job(job)
    assert progress(job) == ("failed", 0, 1, "It failed.")


def test_a_job_that_was_killed_has_failed(begun):
    job = start(order("Clients"))
    end(begun, job)
    assert progress(job) == ("failed", 0, 1, jobs.STOPPED)


@pytest.mark.parametrize("job", [NO_JOB, "", "../../etc", "A" * 32, "lock"])
def test_an_unknown_job_is_unknown(job):
    for ask in (progress, result, order_of):
        with pytest.raises(UnknownJobError):
            ask(job)


@pytest.mark.parametrize("limit", [{"KEPT": 0}, {"KEPT_BYTES": 10}])
def test_only_the_latest_are_kept_and_those_that_run(begun, monkeypatch, limit):
    for name, value in limit.items():
        monkeypatch.setattr(jobs, name, value)
    first = start(order(1))
    second = start(order(2))
    end(begun, second)
    third = start(order(3))
    assert progress(first).state == progress(third).state == "running"
    with pytest.raises(UnknownJobError, match="no longer kept"):
        progress(second)


def test_a_lock_ends_with_the_last_copy_of_its_file():
    slots = Slots("few", 2, "Busy.")
    with slots.take("job") as slot:
        copy = os.dup(slot.fileno())
    assert slots.holders() == {"job"}
    os.close(copy)
    assert slots.holders() == set()


def test_a_real_process_holds_its_slot_until_it_is_killed(monkeypatch, folder):
    monkeypatch.setenv("CACHE_DIR", str(folder))
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "casebase.settings")
    started, popen = [], subprocess.Popen

    def stopped(*command, **options):
        started.append(popen(*command, **options))
        started[0].send_signal(signal.SIGSTOP)
        return started[0]

    monkeypatch.setattr(subprocess, "Popen", stopped)
    job = start(order("Clients"))
    assert start(order("Clients")) == job
    assert progress(job).state == "running"
    assert len(started) == 1
    started[0].kill()
    started[0].wait()
    assert progress(job) == ("failed", 0, 1, jobs.STOPPED)


@pytest.mark.django_db
def test_a_real_process_makes_files(monkeypatch, folder):
    """In a database of its own, for it can't see into the transaction of a test."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{folder}/db.sqlite3")
    monkeypatch.setenv("CACHE_DIR", str(folder))
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "casebase.settings")
    add = "from tests.factories import ReferenceFactory as F; F(pk=1); F(pk=2)"
    for command in (["migrate", "--verbosity", "0"], ["shell", "--command", add]):
        subprocess.run([sys.executable, "manage.py", *command], check=True)
    given = {"query": "?", "format": "text", "style": "apa", "locale": "en-GB"}
    job = start(Order("references.exports.write_file", given, 2, "a.txt", "text/plain"))
    with (folder / "slots" / "jobs-0").open("ab") as slot:
        fcntl.flock(slot, fcntl.LOCK_EX)
    assert progress(job) == ("done", 2, 2, "")
    assert result(job).read_text().count("(n.d.).") == 2

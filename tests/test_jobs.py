"""Jobs: processes that make large files, at most two at a time."""

import fcntl
import json
import os
import signal
import sqlite3
import subprocess
from contextlib import closing

import pytest
from django.core.management import call_command
from django.db import connection

from casebase.files import jobs
from casebase.files.jobs import (
    JobError,
    JobSpec,
    Progress,
    UnknownJobError,
    is_job_process,
    progress_of,
    report_progress,
    result_of,
    run_job,
    spec_of,
    start,
)
from casebase.semaphore import BusyError, FileSemaphore
from tests.factories import ReferenceFactory

pytestmark = pytest.mark.once

NO_JOB = "0" * 32


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.CACHE_DIR = tmp_path
    return tmp_path


@pytest.fixture
def started(monkeypatch):
    """Return job → permit for jobs that have started; the test closes the permits."""
    permits = {}
    monkeypatch.setattr(jobs, "spawn", permits.__setitem__)
    yield permits
    for permit in permits.values():
        permit.close()


def end(started, job):
    started.pop(job).close()


def task(file, report, *, records, error=None):
    """Write a line for each record. The task of the jobs in these tests."""
    if error:
        raise JobError(error)
    for record in report_progress(records, report):
        file.write(f"{record}\n".encode())


def spec(*records, **kwargs):
    kwargs |= {"records": records}
    return JobSpec("tests.test_jobs.task", kwargs, len(records), "a.txt", "text/plain")


def test_a_job_writes_its_file(started):
    job = start(spec("Clients", "Together"))
    assert progress_of(job) == ("running", 0, 2, "")
    run_job(job)
    end(started, job)
    assert progress_of(job) == ("done", 2, 2, "")
    assert result_of(job).read_text() == "Clients\nTogether\n"
    assert spec_of(job).file_name == "a.txt"


def test_a_job_reports_its_progress(started, monkeypatch):
    monkeypatch.setattr(jobs, "RECORDS_PER_REPORT", 2)
    job = start(spec(1, 2, 3, 4, 5))
    reports = []
    monkeypatch.setattr(jobs, "write_progress", lambda _, each: reports.append(each))
    run_job(job)
    assert reports == [Progress("running", 2, 5), Progress("running", 4, 5)]


def test_the_file_exists_only_when_it_is_complete(started, monkeypatch):
    """Until then the progress is shown."""
    states = []

    def interrupted_task(file, report, **kwargs):
        file.write(b"half")
        file.flush()
        with pytest.raises(UnknownJobError):
            result_of(job)
        states.append(progress_of(job).state)
        raise KeyboardInterrupt

    monkeypatch.setattr(jobs, "import_string", lambda name: interrupted_task)
    job = start(spec("Clients"))
    with pytest.raises(KeyboardInterrupt):
        run_job(job)
    end(started, job)
    assert states == ["running"]
    assert progress_of(job) == ("failed", 0, 1, jobs.STOPPED)
    with pytest.raises(UnknownJobError):
        result_of(job)


def test_the_same_file_has_one_job(started):
    job = start(spec("Clients"))
    assert start(spec("Clients")) == job
    assert len(started) == 1
    assert start(spec("Clients", "Together")) != job


def test_no_more_than_two_run_at_once(started):
    first = start(spec(1))
    start(spec(2))
    for record in (3, 4):
        with pytest.raises(BusyError, match="Try again in a few minutes"):
            start(spec(record))
    end(started, first)
    start(spec(3))
    assert progress_of(first).state == "failed"


def test_a_job_that_is_done_can_run_again(started):
    job = start(spec("Clients"))
    run_job(job)
    end(started, job)
    assert start(spec("Clients")) == job
    with pytest.raises(UnknownJobError):
        result_of(job)
    run_job(job)
    assert result_of(job).read_text() == "Clients\n"


def test_a_failed_job_shows_its_error(started):
    job = start(spec("Clients", error="This style sets notes only."))
    with pytest.raises(JobError):
        run_job(job)
    for _ in range(2):
        assert progress_of(job) == ("failed", 0, 1, "This style sets notes only.")
        started[job].close()


def test_unexpected_errors_are_not_shown_to_readers(started):
    job = start(spec("Clients")._replace(task="tests.test_jobs.NO_JOB"))
    with pytest.raises(TypeError):
        run_job(job)
    assert progress_of(job) == ("failed", 0, 1, "It failed.")


def test_a_killed_job_has_failed(started):
    job = start(spec("Clients"))
    end(started, job)
    assert progress_of(job) == ("failed", 0, 1, jobs.STOPPED)


@pytest.mark.parametrize("job", [NO_JOB, "", "../../etc", "A" * 32, "lock"])
def test_an_unknown_job_raises_an_error(job):
    for read in (progress_of, result_of, spec_of):
        with pytest.raises(UnknownJobError):
            read(job)


@pytest.mark.parametrize("limit", [{"MAX_JOBS": 0}, {"MAX_BYTES": 10}])
def test_old_jobs_are_deleted_unless_they_run(started, monkeypatch, limit):
    for name, value in limit.items():
        monkeypatch.setattr(jobs, name, value)
    first = start(spec(1))
    second = start(spec(2))
    end(started, second)
    third = start(spec(3))
    assert progress_of(first).state == progress_of(third).state == "running"
    with pytest.raises(UnknownJobError, match="no longer kept"):
        progress_of(second)


def test_a_job_of_an_earlier_version_is_unknown(client, started, folder):
    """Its specification is in another file, a list, or has other fields."""
    job = start(spec("Clients"))
    run_job(job)
    end(started, job)
    written = folder / "jobs" / job / "spec"
    fields = json.loads(written.read_bytes())
    for old in (list(fields.values()), {"act": "tests.test_jobs.task", "given": {}}):
        written.write_text(json.dumps(old))
        with pytest.raises(UnknownJobError, match="made again"):
            spec_of(job)
        with pytest.raises(UnknownJobError):
            run_job(job)
        assert client.get(f"/jobs/{job}/").status_code == 404
        assert client.get(f"/jobs/{job}/file/").status_code == 404
    written.rename(written.with_name("order"))
    assert client.get(f"/jobs/{job}/").status_code == 404
    assert client.get(f"/jobs/{job}/file/").status_code == 404
    assert start(spec("Clients")) == job
    assert spec_of(job).kwargs == {"records": ["Clients"]}


def test_only_the_command_marks_its_process_as_a_job(started, monkeypatch):
    monkeypatch.setattr(jobs, "_is_job_process", False)
    job = start(spec("Clients"))
    run_job(job)
    assert not is_job_process()
    call_command("run_job", job)
    assert is_job_process()


def test_a_permit_is_released_with_the_last_copy_of_its_file():
    semaphore = FileSemaphore("few", 2, "Busy.")
    with semaphore.acquire("job") as permit:
        copy = os.dup(permit.fileno())
    assert semaphore.holders() == {"job"}
    os.close(copy)
    assert semaphore.holders() == set()


def test_a_real_process_holds_its_permit_until_it_is_killed(monkeypatch, folder):
    monkeypatch.setenv("CACHE_DIR", str(folder))
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "casebase.settings")
    processes, popen = [], subprocess.Popen

    def start_stopped(*command, **options):
        processes.append(popen(*command, **options))
        processes[0].send_signal(signal.SIGSTOP)
        return processes[0]

    monkeypatch.setattr(subprocess, "Popen", start_stopped)
    job = start(spec("Clients"))
    assert start(spec("Clients")) == job
    assert progress_of(job).state == "running"
    assert len(processes) == 1
    processes[0].kill()
    processes[0].wait()
    assert progress_of(job) == ("failed", 0, 1, jobs.STOPPED)


@pytest.mark.django_db(transaction=True)
def test_a_real_process_makes_a_file(monkeypatch, folder):
    """From a copy of the database, because this one is in the memory of one process."""
    ReferenceFactory.create_batch(2)
    with closing(sqlite3.connect(folder / "db.sqlite3")) as copy:
        connection.connection.backup(copy)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{folder}/db.sqlite3")
    monkeypatch.setenv("CACHE_DIR", str(folder))
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "casebase.settings")
    kwargs = {"query": "?", "format_name": "text", "style": "apa", "locale": "en-GB"}
    task = "references.exports.write_file"
    job = start(JobSpec(task, kwargs, 2, "a.txt", "text/plain"))
    with (folder / "slots" / "jobs-0").open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
    assert progress_of(job) == ("done", 2, 2, "")
    assert result_of(job).read_text().count("(n.d.).") == 2

"""What a backend of ``django.tasks`` has to do for us, tried with real processes.

The backend of the settings passes all of it, on both databases. Whoever wants to use
another one changes the settings and runs this: see docs/jobs.md.
"""

import os
import signal
from functools import partial

import pytest
from django.db import transaction

from casebase.jobs.models import Job, State
from casebase.jobs.queue import cancel, start
from casebase.jobs.running import FAILED
from casebase.jobs.specs import JobSpec
from tests.jobs.processes import run_jobs
from tests.jobs.waiting_jobs import read_result
from tests.shared_database import shared_database

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def processes(transactional_db, tmp_path, settings):
    """Start n processes of ``manage.py run_jobs`` on the database of this test."""
    options = {"location": tmp_path / "results"}
    results = settings.STORAGES["results"] | {"OPTIONS": options}
    settings.STORAGES = settings.STORAGES | {"results": results}
    for name in ("told", "answer"):
        os.mkfifo(tmp_path / name)
    with shared_database(tmp_path) as url:
        yield partial(run_jobs, url, folder=tmp_path)


def begin(function, title, *, priority=0, **kwargs):
    return start(
        JobSpec(f"tests.jobs.functions.{function}", kwargs, title, priority=priority)
    )


def state_of(job):
    job.refresh_from_db()
    return job.state


def meet(folder):
    """Wait until a job runs, and return the id of its process."""
    return int((folder / "told").read_text())


def let_the_lease_end():
    """Let the process of the running job be silent for long."""
    Job.objects.filter(state=State.RUNNING).update(beat_at="2026-01-01T00:00Z")


def answer(folder):
    (folder / "answer").write_text("answered")


def test_no_task_is_lost_doubled_or_begun_before_its_transaction(processes, tmp_path):
    lines = tmp_path / "lines"
    with transaction.atomic():
        begin("append_line", "Rolled back", path=str(lines), line="rolled back")
        transaction.set_rollback(True)
    jobs = [
        begin("append_line", f"Number {n}.", path=str(lines), line=n) for n in range(40)
    ]
    with processes(3) as running:
        running.wait_for(*(f"“Number {n}.” is done" for n in range(40)))
    assert sorted(map(int, lines.read_text().split())) == list(range(40))
    assert {state_of(job) for job in jobs} == {State.DONE}
    assert {job.run for job in jobs} == {1}


def test_a_job_whose_process_is_killed_is_taken_up_by_another(processes, tmp_path):
    job = begin("meet", "Meet", folder=str(tmp_path))
    with processes(2) as running:
        os.kill(meet(tmp_path), signal.SIGKILL)
        let_the_lease_end()
        running.wait_for("“Meet” is taken up")
        meet(tmp_path)
        answer(tmp_path)
        running.wait_for("“Meet” is done")
    assert (state_of(job), job.run, job.failures) == (State.DONE, 2, 1)
    assert read_result(job) == b"answered"


def test_processes_end_cleanly_after_the_current_job(processes, tmp_path):
    job = begin("meet", "Meet", folder=str(tmp_path))
    with processes(1) as running:
        meet(tmp_path)
        later = begin("append_line", "Later", path=str(tmp_path / "lines"), line="")
        running.process.terminate()
        answer(tmp_path)
    assert (state_of(job), job.run, job.failures) == (State.DONE, 1, 0)
    assert (state_of(later), later.run) == (State.WAITING, 0)


def test_a_failed_job_is_tried_again_and_one_that_kills_its_process_is_parked(
    processes, tmp_path
):
    poison = begin("die", "Poison", folder=str(tmp_path))
    retried = begin("fail_once", "Retried", path=str(tmp_path / "failed"))
    with processes(2) as running:
        meet(tmp_path)
        running.wait_for("“Retried” failed", "“Retried” is done")
        for _ in range(2):
            let_the_lease_end()
            running.wait_for("“Poison” is taken up")
            meet(tmp_path)
        let_the_lease_end()
        running.wait_for("“Poison” is taken up")
    assert (state_of(retried), retried.failures) == (State.DONE, 1)
    assert read_result(retried) == b"the second time"
    assert (state_of(poison), poison.run, poison.message) == (State.FAILED, 3, FAILED)


def test_a_running_job_shows_its_progress_and_can_be_cancelled(processes, tmp_path):
    job = begin("meet", "Meet", folder=str(tmp_path))
    lines = str(tmp_path / "lines")
    with processes(1) as running:
        meet(tmp_path)
        begin("append_line", "Low", path=lines, line="low")
        begin("append_line", "High", priority=1, path=lines, line="high")
        while state_of(job) == State.RUNNING and job.done != 7:
            pass
        assert cancel(job)
        running.wait_for("“Meet” has lost its run")
        answer(tmp_path)
        running.wait_for("“Meet” is stopped", "“High” is done", "“Low” is done")
    assert (state_of(job), job.done, job.result) == (State.CANCELLED, 7, "")
    assert (tmp_path / "lines").read_text().split() == ["high", "low"]


def test_a_schedule_begins_once_in_its_period(processes):
    with processes(3) as running:
        running.wait_for("“Delete what has expired” is done")
    [job] = Job.objects.all()
    assert (job.state, job.run) == (State.DONE, 1)

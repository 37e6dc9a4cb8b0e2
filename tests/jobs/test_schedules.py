"""Jobs that begin by themselves, and what has expired."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from casebase.jobs import expiry, schedules
from casebase.jobs.models import Job, State, result_storage
from casebase.jobs.queue import begin_again, cancel, start, take_up_lost_jobs
from casebase.jobs.schedules import SCHEDULES, Schedule, start_due_jobs, start_now
from casebase.jobs.specs import JobSpec
from tests.jobs.waiting_jobs import run_waiting_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.once]
HOURLY = Schedule(
    "hourly",
    "Each hour",
    "tests.jobs.functions.write_lines",
    every=timedelta(hours=1),
    kwargs={"lines": []},
)


@pytest.fixture
def hourly(monkeypatch):
    never = HOURLY._replace(name="never", title="Never", every=None)
    monkeypatch.setattr(schedules, "SCHEDULES", [HOURLY, never])


def at(monkeypatch, hour, minute=0):
    day = timezone.now().replace(hour=hour, minute=minute, second=0)
    monkeypatch.setattr(schedules.timezone, "now", lambda: day)


def write(text, **kwargs):
    lines = {"lines": [text]}
    spec = JobSpec("tests.jobs.functions.write_lines", lines, text, **kwargs)
    start(spec)
    [job] = run_waiting_jobs()
    return job


def test_each_period_has_one_job(hourly, monkeypatch):
    at(monkeypatch, 8)
    for _ in range(2):
        start_due_jobs()
        run_waiting_jobs()
    assert [job.title for job in Job.objects.all()] == ["Each hour"]
    at(monkeypatch, 8, 59)
    start_due_jobs()
    assert Job.objects.count() == 1
    # Nobody was there at nine, and that is not made up for.
    at(monkeypatch, 10)
    start_due_jobs()
    assert Job.objects.count() == 2


def test_a_job_that_still_runs_is_not_doubled_by_the_next_period(hourly, monkeypatch):
    at(monkeypatch, 8)
    start_due_jobs()
    at(monkeypatch, 9)
    start_due_jobs()
    assert Job.objects.count() == 1
    run_waiting_jobs()
    start_due_jobs()
    assert Job.objects.count() == 2


def test_an_operator_can_start_a_job_at_any_time(hourly):
    first = start_now(HOURLY, by=None)
    run_waiting_jobs()
    again = start_now(HOURLY, by=None)
    assert (again, again.state) == (first, State.WAITING)


def test_every_job_of_the_site_can_be_run():
    """On a site with nothing in it."""
    names = [schedule.name for schedule in SCHEDULES]
    assert sorted(names) == ["check-links", "derive", "expiry", "search"]
    for schedule in SCHEDULES:
        start_now(schedule, by=None)
    assert {job.state for job in run_waiting_jobs()} == {State.DONE}


def test_jobs_and_results_are_deleted_after_a_week(monkeypatch):
    old, new = write("old"), write("new")
    Job.objects.filter(pk=old.pk).update(ended_at=timezone.now() - timedelta(days=8))
    expiry.delete_expired(None, None)
    assert list(Job.objects.all()) == [new]
    assert not result_storage().exists(old.result)
    assert new.has_result


def test_the_oldest_results_above_all_bytes_are_deleted(monkeypatch):
    old, new = write("old"), write("new")
    Job.objects.filter(pk=old.pk).update(ended_at=timezone.now() - timedelta(days=1))
    monkeypatch.setattr(expiry, "MAX_BYTES", new.size)
    expiry.delete_old_jobs()
    assert list(Job.objects.all()) == [new]


def test_a_failed_job_has_no_result_to_delete():
    start(JobSpec("tests.jobs.functions.gone", {}, "Gone"))
    [failed] = run_waiting_jobs()
    Job.objects.update(ended_at=timezone.now() - timedelta(days=8))
    expiry.delete_old_jobs()
    assert failed.state == State.FAILED
    assert not Job.objects.exists()


def test_the_queue_of_another_backend_is_left_to_it(settings):
    task = write("old").task_id
    DBTaskResult.objects.update(finished_at=timezone.now() - timedelta(days=8))
    settings.TASKS = {
        "default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}
    }
    expiry.delete_old_tasks()
    assert str(DBTaskResult.objects.get().pk) == task


def test_a_result_that_no_job_names_is_deleted_after_a_day(monkeypatch):
    named = write("named")
    unnamed = result_storage().save("unnamed", ContentFile(b"half"))
    expiry.delete_unnamed_results()
    assert result_storage().exists(unnamed)
    monkeypatch.setattr(expiry, "KEEP_UNNAMED", timedelta(days=-1))
    expiry.delete_unnamed_results()
    assert not result_storage().exists(unnamed)
    assert named.has_result


def test_tasks_of_killed_processes_are_deleted_from_the_queue(monkeypatch):
    killed, alive = write("killed"), write("alive")
    long_ago = timezone.now() - timedelta(days=2)
    running = {"status": TaskResultStatus.RUNNING, "started_at": long_ago}
    DBTaskResult.objects.update(**running)
    Job.objects.filter(pk=alive.pk).update(state=State.RUNNING)
    expiry.delete_old_tasks()
    assert str(DBTaskResult.objects.get().pk) == alive.task_id != killed.task_id


def test_a_waiting_job_whose_task_was_lost_is_queued_again():
    """Its process was killed between the two steps of beginning it."""
    spec = JobSpec("tests.jobs.functions.write_lines", {"lines": []}, "Lost")
    job = start(spec)
    Job.objects.update(due_at=timezone.now() - timedelta(hours=1))
    take_up_lost_jobs()
    assert DBTaskResult.objects.count() == 1
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING)
    take_up_lost_jobs()
    assert DBTaskResult.objects.count() == 2
    DBTaskResult.objects.all().delete()
    Job.objects.update(due_at=timezone.now() - timedelta(hours=1))
    take_up_lost_jobs()
    job.refresh_from_db()
    assert str(DBTaskResult.objects.get().pk) == job.task_id


def test_a_job_that_goes_on_can_not_be_begun_again():
    job = start(JobSpec("tests.jobs.functions.write_lines", {"lines": []}, "Once"))
    assert not begin_again(job)
    assert cancel(job)
    job.refresh_from_db()
    assert begin_again(job)

"""Starts, cancels and takes up jobs."""

import logging
from typing import Any

from django.db import transaction
from django.db.models.functions import Now
from django.tasks import TaskResultStatus
from django.tasks.exceptions import TaskResultDoesNotExist

from casebase.change_tracking.lock_timeout import (
    ANONYMOUS_SEMAPHORE,
    permit_to_wait,
    write_lock_timeout,
)
from casebase.jobs.models import ENDED, Job, State
from casebase.jobs.running import end_run, enqueue, run_job
from casebase.jobs.specs import JobSpec
from casebase.semaphore import BusyError

MAX_WAITING = 50
TOO_MANY = "Too many large files are being made. Try again in a few minutes."
CANCELLED = "It was cancelled."
LOST = "The process that ran it has ended, or was not heard of for too long."
# How long a reader waits for SQLite's write lock.
LOCK_SECONDS = 2

logger = logging.getLogger(__name__)


def start(spec: JobSpec, *, by: Any = None, again: bool = False) -> Job:
    """Return the job with this specification, which waits, runs, or has a result.

    A job that failed, was cancelled or lost its result is put into the queue again, and
    so is one that is done if ``again``. Raises ``BusyError`` if too many wait.
    """
    job = Job.objects.filter(key=spec.key).first()
    if job and not (job.has_ended and (again or not job.has_result)):
        return job
    with permit_to_wait(ANONYMOUS_SEMAPHORE), write_lock_timeout(LOCK_SECONDS):
        return put_into_queue(spec, by)


@transaction.atomic
def put_into_queue(spec: JobSpec, by: Any) -> Job:
    """Create or reset the job, and enqueue it, unless somebody else has."""
    if Job.objects.waiting().count() >= MAX_WAITING:
        raise BusyError(TOO_MANY, "jobs")
    job, is_new = Job.from_spec(spec, by)
    if is_new:
        enqueue(job)
    else:
        begin_again(job)
    job.refresh_from_db()
    return job


@transaction.atomic
def begin_again(job: Job) -> bool:
    """Put a job that has ended into the queue again, and return whether it had."""
    values = {"asked_at": Now(), "failures": 0, "message": "", "error": ""}
    if not job.update_if(*ENDED, state=State.WAITING, done=0, **values):
        return False
    enqueue(job)
    return True


def cancel(job: Job) -> bool:
    """Cancel the job, and return whether it had not ended yet.

    If it runs, it ends at its next report, and what it has made is thrown away.
    """
    going_on = Job.objects.filter(pk=job.pk).exclude(state__in=ENDED)
    values = {"message": CANCELLED, "ended_at": Now()}
    return bool(going_on.update(state=State.CANCELLED, **values))


def take_up_lost_jobs() -> None:
    """Put the jobs of processes that were killed back into the queue.

    Several processes may do this at a time, and a process that only seemed to be gone
    learns it from its next beat.
    """
    for job in Job.objects.lost():
        if end_run(job, JobProcessLostError(LOST), LOST):
            logger.warning("“%s” is taken up: %s", job, LOST)
    for job in Job.objects.overdue():
        if not is_queued(job):
            enqueue(job)


class JobProcessLostError(Exception):
    """The process of a job was killed."""


def is_queued(job: Job) -> bool:
    """Whether the waiting job’s task waits, too, and was not begun and lost."""
    try:
        task = run_job.get_result(job.task_id)
    except TaskResultDoesNotExist:
        return False
    return bool(task.status == TaskResultStatus.READY)

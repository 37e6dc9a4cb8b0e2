"""Deletes what has expired: results of jobs, and what other apps keep for a while."""

import logging
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.db.models.functions import Now
from django.tasks import TaskResultStatus, task_backends
from django.utils import timezone
from django_tasks_db import DatabaseBackend

from casebase.jobs.models import ENDED, Job, result_storage
from casebase.jobs.schedules import Schedule

# Jobs are deleted so long after they ended, and the oldest results above these bytes.
KEEP = timedelta(days=7)
MAX_BYTES = 2_000_000_000
# A job that still runs may have written a result that its row does not name yet.
KEEP_UNNAMED = timedelta(days=1)

SCHEDULE = Schedule(
    "expiry",
    "Delete what has expired",
    "casebase.jobs.expiry.delete_expired",
    every=timedelta(hours=6),
)
# Functions that delete what has expired. Apps append theirs when they are ready.
EXPIRED_ROW_DELETERS: list[Callable[[], Any]] = []

logger = logging.getLogger(__name__)


def delete_expired(file: Any, report: Any) -> None:
    """Delete what has expired, as a job."""
    delete_old_jobs()
    delete_unnamed_results()
    delete_old_tasks()
    call_command("clearsessions")
    for delete in EXPIRED_ROW_DELETERS:
        delete()


def delete_old_jobs() -> None:
    """Delete the jobs that ended long ago, and those whose results are too many bytes.

    The result goes first: a job without its result is made again.
    """
    for job in expired_jobs():
        if job.result:
            result_storage().delete(job.result)
        job.delete()


def expired_jobs() -> Iterator[Job]:
    ended = Job.objects.filter(state__in=ENDED)
    yield from ended.filter(ended_at__lt=Now() - KEEP)
    n_bytes = 0
    for job in ended.filter(size__gt=0).order_by("-ended_at"):
        n_bytes += job.size
        if n_bytes > MAX_BYTES:
            yield job


def delete_unnamed_results() -> None:
    """Delete results of runs that were killed before their rows could name them."""
    storage, names = result_storage(), []
    # The folder does not exist before the first result.
    with suppress(FileNotFoundError):
        _, names = storage.listdir("")
    unnamed = set(names).difference(Job.objects.values_list("result", flat=True))
    for name in unnamed:
        if storage.get_modified_time(name) < timezone.now() - KEEP_UNNAMED:
            storage.delete(name)


def delete_old_tasks() -> None:
    """Delete the queue’s own rows, also of tasks whose workers were killed.

    Another backend than django-tasks-db cleans up after itself.
    """
    from django_tasks_db.models import DBTaskResult

    if not isinstance(task_backends["default"], DatabaseBackend):
        return
    call_command("prune_db_task_results", "--queue-name=*", min_age_days=1, verbosity=0)
    going_on = Job.objects.exclude(state__in=ENDED).exclude(task_id="")
    known = list(going_on.values_list("task_id", flat=True))
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
    day_ago = timezone.now() - timedelta(days=1)
    running.filter(started_at__lt=day_ago).exclude(pk__in=known).delete()

"""Runs jobs, in the processes of ``manage.py run_jobs``."""

import logging
from contextvars import ContextVar
from datetime import timedelta
from os import SEEK_END
from tempfile import TemporaryFile
from threading import Event, Thread
from traceback import format_exc
from typing import Self

from django.conf import settings
from django.core.files import File
from django.db import Error, connection, transaction
from django.db.models.functions import Now
from django.tasks import task
from django.utils import timezone
from django.utils.module_loading import import_string

from casebase.jobs.models import Job, State, result_storage
from casebase.jobs.progress import JobLostError, Report
from casebase.jobs.specs import JobError

# A process tells so often that it lives: far more often than JOB_LEASE_SECONDS.
BEAT_SECONDS = 2
FAILED = "It failed. Try again later; we are told of it."
GONE = "This has to be begun again: the site has been upgraded since."

logger = logging.getLogger(__name__)
_running_job: ContextVar[Job | None] = ContextVar("running_job", default=None)


def is_running_job() -> bool:
    """Whether a job runs here, and nobody waits for an answer."""
    return _running_job.get() is not None


def enqueue(job: Job, *, seconds: int = 0) -> None:
    """Hand a waiting job to the queue, to be run in so many seconds at the earliest.

    If the transaction is rolled back, so is this.
    """
    after = timezone.now() + timedelta(seconds=seconds) if seconds else None
    queued = run_job.using(priority=job.priority, run_after=after)
    job.task_id = queued.enqueue(job.token, job.run).id
    due_at = Now() + timedelta(seconds=seconds)
    job.update_if(State.WAITING, task_id=job.task_id, due_at=due_at)


@task
def run_job(token: str, run: int) -> None:
    """Run the job, unless it was cancelled or another process has begun this run."""
    job = Job.objects.filter(token=token, run=run).first()
    if job is None or not claim(job):
        return
    reset = _running_job.set(job)
    try:
        with Beat(job) as beat:
            do(job, beat.report)
        logger.info("“%s” is done.", job)
    except JobLostError:
        logger.warning("“%s” is stopped: it was cancelled or taken over.", job)
    except Exception as error:
        traceback = None if isinstance(error, JobError) else error
        logger.error("“%s” failed: %s", job, error, exc_info=traceback)
        end_run(job, error, format_exc())
    finally:
        _running_job.reset(reset)


def claim(job: Job) -> bool:
    """Begin the next run of a waiting job. Returns False if somebody else has."""
    times = {"started_at": Now(), "beat_at": Now(), "ended_at": None}
    run = job.run + 1
    if not job.update_if(State.WAITING, state=State.RUNNING, run=run, done=0, **times):
        return False
    job.run = run
    return True


def do(job: Job, report: Report) -> None:
    """Call the job's function, and store what it writes into its file."""
    try:
        function = import_string(job.function)
    except ImportError:
        raise JobError(GONE) from None
    with TemporaryFile() as file:
        function(file, report, **job.kwargs)
        name, size = "", file.seek(0, SEEK_END)
        if size:
            name = result_storage().save(f"{job.token}-{job.run}", File(file))
    ended = {"done": job.total, "ended_at": Now(), "message": "", "error": ""}
    ended |= {"result": name, "size": size}
    if not job.update_if(State.RUNNING, state=State.DONE, **ended):
        result_storage().delete(name)
        raise JobLostError


@transaction.atomic
def end_run(job: Job, error: Exception, details: str) -> bool:
    """Put the job of a failed run back into the queue or, after the last, park it.

    Returns False if the run is no longer the current one, and leaves the job alone.
    """
    pauses = settings.JOB_RETRY_SECONDS
    failures = job.failures + 1
    is_final = isinstance(error, JobError) or failures > len(pauses)
    values = {"failures": failures, "error": details}
    if is_final:
        message = str(error) if isinstance(error, JobError) else FAILED
        values |= {"state": State.FAILED, "message": message, "ended_at": Now()}
        return job.update_if(State.RUNNING, **values)
    is_ours = job.update_if(State.RUNNING, state=State.WAITING, **values)
    if is_ours:
        enqueue(job, seconds=pauses[job.failures])
    return is_ours


class Beat(Thread):
    """Tells the database that the process of a job lives, and how far the job is.

    A thread writes, over a connection of its own, so that it is seen while the job’s
    own transaction is open. It goes on within ``with``.
    """

    def __init__(self, job: Job) -> None:
        super().__init__(daemon=True)
        self.job, self.done = job, 0
        self.is_lost, self.has_ended = Event(), Event()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.has_ended.set()
        self.join()

    def report(self, n: int) -> None:
        """Note how many records are done, as the job’s ``Report``."""
        self.done = n
        if self.is_lost.is_set():
            raise JobLostError

    def run(self) -> None:
        while not (self.is_lost.is_set() or self.has_ended.wait(BEAT_SECONDS)):
            try:
                self.write()
            except Error as error:
                logger.warning("The beat of “%s” was not written: %s", self.job, error)
        connection.close()

    def write(self) -> None:
        values = {"beat_at": Now(), "done": self.done}
        if not self.job.update_if(State.RUNNING, **values):
            logger.warning("“%s” has lost its run.", self.job)
            self.is_lost.set()

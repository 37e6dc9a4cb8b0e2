"""The table of jobs. A change of state is one UPDATE that names the state before."""

import secrets
from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.core.files import File
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models.functions import Now
from django.urls import reverse

from casebase.jobs.specs import JobSpec


class State(models.TextChoices):
    WAITING = "waiting", "Waiting"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"
    CANCELLED = "cancelled", "Cancelled"


# Nothing more happens to a job in one of these, unless somebody starts it again.
ENDED = (State.DONE, State.FAILED, State.CANCELLED)


class UnknownJobError(LookupError):
    """No job has this token, or it has been deleted. It can be started again."""


class JobQuerySet(models.QuerySet["Job"]):
    """Times are the database's, because the clocks of several machines may differ."""

    def from_token(self, token: str) -> "Job":
        """Return the job with this token, from an address. Raises UnknownJobError."""
        if job := self.filter(token=token).first():
            return job
        raise UnknownJobError("This file is no longer kept, or never was.")

    def waiting(self) -> Self:
        return self.filter(state=State.WAITING)

    def before(self, job: "Job") -> Self:
        """Return the waiting jobs that will begin before this one."""
        earlier = models.Q(asked_at__lt=job.asked_at, priority=job.priority)
        first = models.Q(priority__gt=job.priority) | earlier
        return self.waiting().filter(first).exclude(pk=job.pk)

    def lost(self) -> Self:
        """Return the running jobs whose processes have not been heard of for long."""
        return self.filter(state=State.RUNNING, beat_at__lt=lease_start())

    def overdue(self) -> Self:
        """Return the waiting jobs that could have begun long ago."""
        return self.waiting().filter(due_at__lt=lease_start())


def lease_start() -> Any:
    """Return the time after which a process is still believed to live, in SQL."""
    return Now() - timedelta(seconds=settings.JOB_LEASE_SECONDS)


def random_token() -> str:
    """Return a token that can't be guessed; the address of the job is made of it."""
    return secrets.token_hex(16)


class Job(models.Model):
    """Work behind the scenes: what it is, how far it is, and what came of it.

    ``run`` is the number of the run: each process that begins the job gets one of its
    own, and can write only as long as no later one has begun.
    """

    token = models.CharField(max_length=32, unique=True, default=random_token)
    key = models.CharField(max_length=64, unique=True)
    function = models.CharField(max_length=200)
    kwargs = models.JSONField(default=dict)
    title = models.CharField(max_length=200)
    file_name = models.CharField(max_length=255, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    address = models.TextField(blank=True)
    priority = models.SmallIntegerField(default=0)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL
    )

    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    run = models.PositiveIntegerField(default=0)
    failures = models.PositiveSmallIntegerField(default=0)
    message = models.TextField(blank=True, help_text="Why it failed, for readers")
    error = models.TextField(blank=True, help_text="Why it failed, for operators")
    task_id = models.CharField(max_length=64, blank=True)

    asked_at = models.DateTimeField(db_default=Now())
    due_at = models.DateTimeField(db_default=Now())
    started_at = models.DateTimeField(null=True)
    beat_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    result = models.CharField(max_length=100, blank=True, help_text="Name in storage")
    size = models.PositiveBigIntegerField(default=0, help_text="Bytes of the result")

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ("-asked_at", "-pk")
        default_permissions = ("view", "change")
        indexes = (models.Index(fields=["state", "due_at"], name="jobs_state_due_at"),)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("job", args=[self.token])

    @property
    def has_ended(self) -> bool:
        return self.state in ENDED

    @property
    def has_result(self) -> bool:
        """Whether it is done and what it made is still there."""
        is_kept = not self.result or result_storage().exists(self.result)
        return self.state == State.DONE and is_kept

    def open_result(self) -> File:
        """Open what the job made. Raises UnknownJobError if there is nothing."""
        try:
            return result_storage().open(self.result or "none")
        except OSError:
            raise UnknownJobError("There is no such file, or not yet.") from None

    def update_if(self, *states: Any, **values: Any) -> bool:
        """Update the job if it is in one of these states and in the same run.

        Returns whether it was.
        """
        same = Job.objects.filter(pk=self.pk, run=self.run, state__in=states)
        return bool(same.update(**values))

    @classmethod
    def from_spec(cls, spec: JobSpec, by: Any) -> tuple["Job", bool]:
        """Return the job of this key, and whether it is new."""
        defaults = spec._asdict() | {"by": by}
        del defaults["version"]
        return cls.objects.get_or_create(key=spec.key, defaults=defaults)


def result_storage() -> Storage:
    """Return where results of jobs are, for all machines of the site."""
    return storages["results"]

"""Jobs that begin by themselves, once in each period, on one machine of the site."""

from datetime import timedelta
from typing import Any, NamedTuple

from django.utils import timezone

from casebase.jobs.models import ENDED, Job
from casebase.jobs.queue import start
from casebase.jobs.specs import JobSpec


class Schedule(NamedTuple):
    """A job of the site itself; ``function`` is as in ``JobSpec``.

    Without ``every`` it begins only when an operator starts it.
    """

    name: str
    title: str
    function: str
    every: timedelta | None = None
    kwargs: dict[str, Any] = {}

    def spec(self, version: str) -> JobSpec:
        return JobSpec(self.function, self.kwargs, self.title, version=version)

    @property
    def is_running(self) -> bool:
        """Whether a job of it waits or runs, of whichever period."""
        jobs = Job.objects.filter(function=self.function)
        return jobs.exclude(state__in=ENDED).exists()


# Apps append theirs when they are ready.
SCHEDULES: list[Schedule] = []


def start_due_jobs() -> None:
    """Start the jobs whose period has begun.

    Their keys name the period, so that it has one job however many processes do this.
    A period that nobody was there for is not made up for.
    """
    for schedule in SCHEDULES:
        if schedule.every is None:
            continue
        period = timezone.now().timestamp() // schedule.every.total_seconds()
        spec = schedule.spec(f"{period:.0f}")
        is_known = Job.objects.filter(key=spec.key).exists()
        if not is_known and not schedule.is_running:
            start(spec)


def start_now(schedule: Schedule, by: Any) -> Job:
    """Start the job of a schedule out of turn, and return it."""
    return start(schedule.spec("by hand"), by=by, again=True)

"""The app of jobs."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "casebase.jobs"

    def ready(self) -> None:
        from casebase.jobs import expiry
        from casebase.jobs.schedules import SCHEDULES

        SCHEDULES.append(expiry.SCHEDULE)

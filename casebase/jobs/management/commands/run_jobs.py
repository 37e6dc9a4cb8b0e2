"""``manage.py run_jobs``: runs jobs, in as many processes as JOB_PROCESSES says."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from casebase.jobs.processes import keep_processes


class Command(BaseCommand):
    help = (
        "Run jobs: large files, imports, link checks. gunicorn starts this beside the "
        "site. Ends at once if JOB_PROCESSES is 0, and on SIGTERM after the current "
        "jobs. See docs/jobs.md."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--parent", type=int, help="end when this process is no longer the parent"
        )

    def handle(self, *, parent: int | None, **options: Any) -> None:
        if settings.JOB_PROCESSES:
            keep_processes(parent)

"""``manage.py run_jobs``: runs jobs, in as many processes as JOB_PROCESSES says."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import connections

from casebase.database_availability import wait_for_database
from casebase.jobs.processes import keep_processes
from casebase.unapplied_migrations import wait_for_migrate


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
            wait_for_database()
            wait_for_migrate()
            # A process that is forked must not share them.
            connections.close_all()
            keep_processes(parent)

"""``manage.py run_job``: makes a large file in a process of its own."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from casebase.files import jobs


class Command(BaseCommand):
    help = "Make a large file. The site starts it itself: see docs/citations.md."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("job", help="the id that casebase.files.jobs gave it")

    def handle(self, *, job: str, **options: Any) -> None:
        jobs.mark_job_process()
        jobs.run_job(job)

"""``manage.py run_job``: makes a large file in a process of its own."""

from django.core.management.base import BaseCommand

from casebase.files import jobs


class Command(BaseCommand):
    help = "Make a large file. The site starts it itself: see docs/citations.md."

    def add_arguments(self, parser):
        parser.add_argument("job", help="the id that casebase.files.jobs gave it")

    def handle(self, *, job, **options):
        jobs.mark_job_process()
        jobs.run_job(job)

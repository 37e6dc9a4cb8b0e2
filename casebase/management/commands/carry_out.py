"""Make a large file in a process of its own."""

from django.core.management.base import BaseCommand

from casebase.jobs import carry_out
from references.styles import pandoc


class Command(BaseCommand):
    help = "Make a large file. The site starts it itself: see docs/citations.md."

    def add_arguments(self, parser):
        parser.add_argument("job", help="the id that casebase.jobs gave it")

    def handle(self, *, job, **options):
        pandoc.queue = pandoc.JOBS
        carry_out(job)

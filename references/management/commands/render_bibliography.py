"""Set a long list of works in a process of its own."""

from django.core.management.base import BaseCommand

from references.styles.jobs import carry_out


class Command(BaseCommand):
    help = "Set a long list of works. The site starts it itself: see docs/citations.md."

    def add_arguments(self, parser):
        parser.add_argument("job", help="the id that references.styles.jobs gave it")

    def handle(self, *, job, **options):
        carry_out(job)

"""The command that rebuilds completeness and the pairs of records that look alike."""

from django.core.management.base import BaseCommand

from casebase.desk.quality.derived_updates import rebuild_derived
from casebase.progress_bar import progress_tracker


class Command(BaseCommand):
    help = (
        "Count anew what is missing in each case, and which works and names look "
        "alike. Only needed after writes past every trigger."
    )

    def handle(self, **options):
        rebuild_derived(track=progress_tracker())

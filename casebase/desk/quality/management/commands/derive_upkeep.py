"""The command that rebuilds completeness, grades and pairs of likely duplicates."""

from django.core.management.base import BaseCommand

from casebase.desk.quality.derived_updates import rebuild_derived
from casebase.progress_bar import progress_tracker


class Command(BaseCommand):
    help = (
        "Rebuild the completeness of cases, the evidence grades of findings and the "
        "likely duplicates of works and names. Only needed after writes that no "
        "trigger noticed."
    )

    def handle(self, **options):
        rebuild_derived(track=progress_tracker())

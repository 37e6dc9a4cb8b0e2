"""Derive anew what the desk knows of cases and of records that look alike."""

from django.core.management.base import BaseCommand

from casebase.desk.quality.derived_updates import follow_everything
from casebase.progress_bar import shown


class Command(BaseCommand):
    help = (
        "Count anew what is missing in each case, and which works and names look "
        "alike. Only needed after writes past every trigger."
    )

    def handle(self, **options):
        follow_everything(track=shown())

"""Rebuild the search index."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from casebase.progress_bar import progress_tracker
from casebase.search.models import Document
from casebase.search.rebuilding import rebuild
from casebase.semaphore import BusyError


class Command(BaseCommand):
    help = (
        "Make the search index anew, while readers see the old one and records can be "
        "saved. See docs/search.md."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing when there is an index"
        )

    def handle(self, *, if_empty: bool, verbosity: int, **options: Any) -> None:
        if if_empty and Document.objects.exists():
            return
        try:
            rebuild(track=progress_tracker())
        except BusyError as error:
            raise CommandError(f"{error} Wait for its end.") from error
        if verbosity:
            self.stdout.write(f"{Document.objects.count():,} records can be found.")

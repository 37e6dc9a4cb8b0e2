"""Rebuild the search index."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from casebase.progress_bar import progress_tracker
from casebase.search.models import Document
from casebase.search.rebuilding import rebuild


class Command(BaseCommand):
    help = (
        "Make the search index anew. Readers see the old one until it is done; whoever "
        "saves a record waits. See docs/search.md."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing when there is an index"
        )

    def handle(self, *, if_empty: bool, verbosity: int, **options: Any) -> None:
        if if_empty and Document.objects.exists():
            return
        rebuild(track=progress_tracker())
        if verbosity:
            self.stdout.write(f"{Document.objects.count():,} records can be found.")

"""Import works, codebook files and sheets into the database."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from casebase.content.parsed_file import InvalidFileError
from casebase.progress_bar import progress_tracker
from initiatives.loading import import_content
from initiatives.models import Initiative


class Command(BaseCommand):
    help = (
        "Load sheets, codebook files and lists of works: all of them or, when one is "
        "wrong, none. Loading twice changes nothing. See docs/editing.md."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "paths",
            nargs="*",
            type=Path,
            default=[settings.BASE_DIR / "fixtures"],
            help="files or folders; fixtures/ when none is named",
        )
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="say what would change; change nothing",
        )
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing when there are cases"
        )

        parser.add_argument("--why", default="", help="a line for the history")

    def handle(self, *, paths, dry_run, if_empty, why, verbosity, **options):
        if if_empty and Initiative.objects.exists():
            self.stdout.write("There are cases already: nothing loaded.")
            return
        track = progress_tracker("case")
        try:
            report = import_content(paths=paths, dry_run=dry_run, why=why, track=track)
        except InvalidFileError as invalid:
            raise CommandError(f"Nothing was loaded.\n{invalid}") from None
        if verbosity:
            self.stdout.write(report.as_text(dry_run=dry_run))

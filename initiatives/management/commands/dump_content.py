"""Export works, the codebook and cases to content files."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from casebase.progress_bar import progress_tracker
from initiatives.content_dump import dump_content


class Command(BaseCommand):
    help = (
        "Write every case, scheme and work into a folder, in the format that "
        "load_content reads. Other files in it stay as they are."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, metavar="DIR")

    def handle(self, *, folder, verbosity, **options):
        track = progress_tracker("case")
        try:
            counts = dump_content(folder=folder, track=track)
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}.") from None
        if verbosity:
            written = ", ".join(f"{n} {kind}" for kind, n in counts.items())
            self.stdout.write(f"Written to {folder}: {written}.")

"""Load works from a file of another program."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from casebase.content.written import RefusedError
from references.formats import FORMATS
from references.formats.reading import count_left_out
from references.taking_in import take_in

READ = {name: kind for name, kind in FORMATS.items() if kind.read}
BY_EXTENSION = {f".{kind.extension}": kind for kind in READ.values()}


class Command(BaseCommand):
    help = (
        "Load works from BibTeX, BibLaTeX, RIS or CSL-JSON. Works that look like one "
        "we have, and entries that can't be read, are told of and left out. See "
        "docs/formats.md."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--format",
            choices=list(READ),
            help="if the file's name doesn't say",
        )
        parser.add_argument(
            "--update",
            action="store_true",
            help="let the file change works that are here under the same key",
        )
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="say what would change; change nothing",
        )

    def handle(self, *, file, update, dry_run, **options):
        kind = READ.get(options["format"]) or BY_EXTENSION.get(file.suffix.lower())
        if not kind:
            names = ", ".join(READ)
            raise CommandError(f"Say what {file.name} is: --format, one of {names}.")
        try:
            reading = kind.read(file.read_bytes(), str(file))
            changes, told = take_in(reading, kind, update=update, dry_run=dry_run)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}.") from None
        except RefusedError as error:
            words = (
                f"Nothing was imported.\n{error}\n--update takes what the file says."
            )
            raise CommandError(words) from None
        if dry_run:
            self.stdout.write("Nothing is changed; an import would give:")
        self.stdout.write("\n".join(changes.lines()))
        if left_out := count_left_out(told):
            self.stdout.write(left_out)
        if told:
            lines = "\n".join(f"  {refusal}" for refusal in told)
            self.stdout.write(f"Not taken, or not as it stands:\n{lines}")

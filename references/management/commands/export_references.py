"""A command that writes the works of a query into a file."""

import sys
from contextlib import nullcontext
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.http import QueryDict

from casebase.progress_bar import progress_tracker
from references import exports
from references.formats import FORMATS


class Command(BaseCommand):
    help = "Write works in one of the formats of docs/formats.md: all, or of a query."

    def add_arguments(self, parser):
        parser.add_argument("--format", required=True, choices=list(FORMATS))
        parser.add_argument(
            "--query",
            default="",
            help="as in the address of the list: barrier=mistrust&country=GB",
        )
        parser.add_argument(
            "file", nargs="?", type=Path, metavar="FILE", help="standard output if none"
        )

    def handle(self, *, query, file, verbosity, **options):
        filterset = exports.build_filterset(QueryDict(query.removeprefix("?")))
        refused = [f"{label}: {error}" for label, error in filterset.validation_errors]
        refused += [
            f"There is no filter “{name}”." for name in filterset.unknown_parameters
        ]
        if refused:
            raise CommandError("\n".join(["Nothing was exported.", *refused]))
        works = exports.stream_filtered_works(filterset)
        track = progress_tracker("work")(works)
        try:
            with file.open("wb") if file else nullcontext(sys.stdout.buffer) as out:
                out.writelines(FORMATS[options["format"]].write(track))
        except OSError as error:
            target = file or "Standard output"
            raise CommandError(f"{target}: {error.strerror}.") from None
        if file and verbosity:
            self.stdout.write(f"Written to {file}: {filterset.sentence}.")

"""Export the cases of a query to a file."""

import sys
from contextlib import nullcontext
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.http import QueryDict

from initiatives import exports
from initiatives.formats import FORMATS


class Command(BaseCommand):
    help = (
        "Write published cases, with the findings that have a source, in one of the "
        "formats of docs/exports.md: all cases, or those of a query."
    )

    def add_arguments(self, parser):
        parser.add_argument("--format", required=True, choices=list(FORMATS))
        parser.add_argument(
            "--query",
            default="",
            help="as in the address of the list: barrier=mistrust&country=GB",
        )
        parser.add_argument(
            "--site",
            default="",
            help="begins every address in the file: https://casebase.example",
        )
        parser.add_argument(
            "file", nargs="?", type=Path, metavar="FILE", help="standard output if none"
        )

    def handle(self, *, query, site, file, verbosity, **options):
        filterset = exports.build_filter(QueryDict(query.removeprefix("?")))
        if complaints := filterset.error_messages:
            raise CommandError("\n".join(["Nothing was exported.", *complaints]))
        selection = exports.build_selection(filterset, site.removesuffix("/"))
        try:
            with file.open("wb") if file else nullcontext(sys.stdout.buffer) as out:
                out.writelines(FORMATS[options["format"]].write(selection))
        except OSError as error:
            target = file or "Standard output"
            raise CommandError(f"{target}: {error.strerror}.") from None
        if file and verbosity:
            self.stdout.write(f"Written to {file}: {selection.query_text}.")

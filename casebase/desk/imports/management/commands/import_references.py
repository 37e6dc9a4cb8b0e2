"""Load works from a file of another program."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from casebase.content.parsed_file import InvalidFileError
from casebase.desk.imports.batch_work_import import (
    ADD,
    SKIP,
    UPDATE,
    ImportRules,
    import_file,
)
from references.formats import FORMATS, READERS
from references.formats.messages import describe_omissions, summarize_messages

READ = {name: FORMATS[name] for name in READERS}
LISTS_ALL = " (--verbosity 2 lists all)"
BY_EXTENSION = {f".{kind.extension}": kind for kind in READ.values()}


class Command(BaseCommand):
    help = (
        "Load works from BibTeX, BibLaTeX, RIS or CSL-JSON. A work is one of ours if "
        "it has the same key, the same DOI, or the same title and year and an author "
        "in common, and nothing else speaks against it, as another DOI or given names "
        "that don't fit; a key alone proves nothing. Works that merely "
        "look like another one, and entries that can't be read, are left out and told "
        "of. See docs/formats.md."
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
            help="let the file change works that are here",
        )
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="say what would change; change nothing",
        )
        add_rules(parser)

    def handle(self, *, file, dry_run, **options):
        kind = READ.get(options["format"]) or BY_EXTENSION.get(file.suffix.lower())
        if not kind:
            names = ", ".join(READ)
            raise CommandError(f"Say what {file.name} is: --format, one of {names}.")
        try:
            reading = READERS[kind.name](file.read_bytes(), str(file))
            refuse_unknown(options["add"], reading)
            rules = rules_of(options)
            changes, notes = import_file(reading, kind, rules, dry_run=dry_run)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}.") from None
        except InvalidFileError as error:
            words = f"{error}\n--update takes what the file says."
            raise CommandError(f"Nothing was imported.\n{words}") from None
        if dry_run:
            self.stdout.write("Nothing is changed; an import would give:")
        self.stdout.write("\n".join(changes.lines()))
        if left_out := describe_omissions(notes):
            self.stdout.write(left_out)
        if notes:
            is_short = options["verbosity"] < 2
            notes = summarize_messages(notes, LISTS_ALL) if is_short else notes
            lines = "\n".join(f"  {note}" for note in notes)
            self.stdout.write(f"Omitted or altered:\n{lines}")


def rules_of(options):
    return ImportRules(
        update=options["update"],
        duplicates=options["duplicates"],
        add=frozenset(options["add"]),
        trusts_keys=options["trust_keys"],
    )


def refuse_unknown(keys, reading):
    if unknown := sorted(set(keys) - {work.key for work in reading.works}):
        words = ", ".join(f"“{key}”" for key in unknown)
        raise CommandError(f"--add: the file has no work with the key {words}.")


def add_rules(parser):
    """Add the options for works that are in the database, or may be duplicates."""
    parser.add_argument(
        "--trust-keys",
        action="store_true",
        help="take a key of ours for that of our work, even where the file has "
        "another title, DOI or other people under it",
    )
    parser.add_argument(
        "--duplicates",
        choices=[SKIP, ADD, UPDATE],
        default=SKIP,
        help="works that look like another one: leave them out and say so (skip), "
        "take them as works of their own (add), or let them change the work here "
        "that they look like (update)",
    )
    parser.add_argument(
        "--add",
        action="append",
        default=[],
        metavar="KEY",
        help="take this one as a work of its own, whatever it looks like: the key "
        "under which it is told to be left out; may be given several times",
    )

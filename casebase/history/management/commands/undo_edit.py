"""Undo an edit that changed too many records for a page."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from casebase.history.errors import RestoreError
from casebase.history.models import Edit
from casebase.history.undoing import undo


class Command(BaseCommand):
    help = (
        "Take back all that an edit changed, or nothing. Its number stands in its "
        "address at the desk. See docs/desk.md."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", type=int)
        parser.add_argument("--why", default="", help="a line for the history")

    def handle(self, *, number: int, why: str, verbosity: int, **options: Any) -> None:
        edit = Edit.objects.filter(pk=number).first()
        if edit is None:
            raise CommandError(f"There is no edit {number}.")
        try:
            remaining = undo(edit, why=why)
        except RestoreError as error:
            raise CommandError(
                "\n".join(["Nothing was undone.", *error.sentences])
            ) from None
        if verbosity:
            self.stdout.write("\n".join(["The edit is undone.", *remaining]))

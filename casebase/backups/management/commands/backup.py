"""``manage.py backup``: copies the database into one file."""

import argparse
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError

from casebase.backups.folders import delete_older
from casebase.backups.making import make_backup
from casebase.backups.models import LastBackup
from casebase.backups.reports import command_errors, summary


class Command(BaseCommand):
    help = (
        "Copy the database, while the site runs, into a new file of BACKUP_DIR. It is "
        "encrypted if BACKUP_RECIPIENT is set. See docs/backups.md."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--to",
            type=Path,
            default=settings.BACKUP_DIR,
            metavar="FOLDER",
            help="instead of BACKUP_DIR",
        )
        parser.add_argument(
            "--keep",
            type=positive,
            metavar="N",
            help="then delete the oldest backups of the folder, so that N are left",
        )

    def handle(
        self, *, to: Path, keep: int | None, verbosity: int, **options: Any
    ) -> None:
        with command_errors("No backup was made."):
            file, manifest = make_backup(to, settings.BACKUP_RECIPIENT)
        try:
            LastBackup.of(file, manifest.made_at).save()
        except DatabaseError as error:
            self.stderr.write(f"The backup is made, but the desk doesn’t know: {error}")
        with command_errors("The backup is made, but older ones are not deleted."):
            deleted = delete_older(file, keep) if keep else []
        if verbosity:
            self.stdout.write(f"{file}: {summary(file, manifest)}")
            for each in deleted:
                self.stdout.write(f"{each} deleted.")


def positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("is not a number from 1.")
    return int(text)

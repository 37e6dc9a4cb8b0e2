"""``manage.py restore``: puts a backup in the place of the database."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from casebase.backups.reports import command_errors, summary
from casebase.backups.restoring import check_backup, restore_backup


class Command(BaseCommand):
    help = (
        "Restore a backup into the database that DATABASE_URL names: all of it or "
        "nothing. See docs/backups.md."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="made by manage.py backup")
        parser.add_argument(
            "--check",
            action="store_true",
            help="only check whether it could be restored",
        )
        parser.add_argument(
            "--replace",
            action="store_true",
            help="replace a database that has something in it",
        )
        parser.add_argument(
            "--identity",
            type=Path,
            metavar="FILE",
            help="the private key of age; for GnuPG it has to be in the keyring",
        )

    def handle(
        self, *, file: Path, check: bool, identity: Path | None, **options: Any
    ) -> None:
        if check:
            with command_errors(f"{file} can’t be restored."):
                manifest = check_backup(file, identity)
            self.stdout.write(f"It can be restored: {summary(file, manifest)}")
            return
        with command_errors(f"Restoring {file} failed."):
            manifest = restore_backup(file, identity, replace=options["replace"])
        self.stdout.write(f"Restored: {summary(file, manifest)}")

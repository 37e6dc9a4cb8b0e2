"""``manage.py mark_restored``: what a database needs that was set back."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection, transaction

from casebase.backups.contents import next_counter, renewal
from casebase.backups.reports import command_errors


class Command(BaseCommand):
    help = (
        "Give the records a new version and end all sessions, after the database was "
        "set back by other programs than manage.py restore. See docs/backups.md."
    )
    requires_system_checks = ()

    def handle(self, **options: Any) -> None:
        with command_errors("Nothing was changed."):
            counter = next_counter(0)
            with transaction.atomic(), connection.cursor() as cursor:
                for statement in renewal(counter):
                    cursor.execute(statement)
        self.stdout.write(f"The records have version {counter}; all sessions ended.")

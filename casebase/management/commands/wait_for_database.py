"""``manage.py wait_for_database``: waits until it answers, or has migrated."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from casebase.database_availability import wait_for_database
from casebase.unapplied_migrations import wait_for_migrate


class Command(BaseCommand):
    help = "Waits until the database answers, and says so while it does not."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--migrated",
            action="store_true",
            help="wait until all migrations of this code are applied, too",
        )

    def handle(self, *, migrated: bool, **options: Any) -> None:
        wait_for_database()
        if migrated:
            wait_for_migrate()

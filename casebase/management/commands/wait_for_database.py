"""``manage.py wait_for_database``: waits until the database answers."""

from typing import Any

from django.core.management.base import BaseCommand

from casebase.database_availability import wait_for_database


class Command(BaseCommand):
    help = "Waits until the database answers, and says so while it does not."
    requires_system_checks = ()

    def handle(self, **options: Any) -> None:
        wait_for_database()

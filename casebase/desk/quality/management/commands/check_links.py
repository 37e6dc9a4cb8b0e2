"""The command that checks whether the addresses of works and sources still work."""

from functools import partial

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from casebase.desk.quality.links.checker import Checker
from casebase.desk.quality.links.due_links import (
    DAYS,
    DEAD_DAYS,
    check_due_links,
)
from casebase.desk.quality.models import Link
from casebase.semaphore import BusyError


class Command(BaseCommand):
    help = (
        "Look whether the addresses of works and sources still lead somewhere, those "
        "first that were not looked at for longest. It can be stopped at any time: the "
        "next run goes on from there. See docs/operating.md."
    )
    checker = Checker

    def add_arguments(self, parser):
        parser.add_argument(
            "--days",
            type=int,
            default=DAYS,
            help=f"look again at what was fine so many days ago ({DAYS})",
        )
        parser.add_argument(
            "--dead-days",
            type=int,
            default=DEAD_DAYS,
            help=f"and at what was dead ({DEAD_DAYS})",
        )
        parser.add_argument("--limit", type=int, help="look at so many and no more")

    def handle(self, *, days, dead_days, limit, verbosity, **options):
        track = partial(tqdm, disable=None, unit="link", leave=False)
        try:
            found = check_due_links(
                days, dead_days, limit, checker=self.checker, track=track
            )
        except BusyError as error:
            raise CommandError(str(error)) from None
        if verbosity:
            self.write_summary(found)

    def write_summary(self, found):
        words = ", ".join(f"{n} {state.lower()}" for state, n in found.most_common())
        self.stdout.write(
            f"{found.total():,} links looked at{': ' * bool(words)}{words}."
        )
        if left := Link.objects.unchecked().count():
            self.stdout.write(
                f"{left:,} were never looked at. Run this again to go on."
            )

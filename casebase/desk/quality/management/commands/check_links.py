"""The command that checks whether the addresses of works and sources still work."""

from collections import Counter

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from casebase.desk.quality.links.checker import Checker
from casebase.desk.quality.links.concurrent_checks import CheckRun
from casebase.desk.quality.models import Link
from casebase.semaphore import BusyError
from casebase.site_lock import site_lock

BUSY = "The links are being checked already."


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
            default=30,
            help="look again at what was fine so many days ago (30)",
        )
        parser.add_argument(
            "--dead-days", type=int, default=3, help="and at what was dead (3)"
        )
        parser.add_argument("--limit", type=int, help="look at so many and no more")

    def handle(self, *, days, dead_days, limit, verbosity, **options):
        try:
            with site_lock("check-links", BUSY):
                found = self.check_due_links(days, dead_days, limit)
        except BusyError as error:
            raise CommandError(str(error)) from None
        if verbosity:
            self.write_summary(found)

    def check_due_links(self, days, dead_days, limit):
        Link.objects.update_addresses()
        due = Link.objects.due(days=days, dead_days=dead_days)[:limit]
        links = {link.address: link for link in due}
        found: Counter[str] = Counter()
        with tqdm(total=len(links), disable=None, unit="link", leave=False) as progress:
            for address, verdict in CheckRun(self.checker()).iterate_verdicts(links):
                links[address].save_verdict(verdict)
                found[links[address].get_state_display()] += 1
                progress.update()
        return found

    def write_summary(self, found):
        words = ", ".join(f"{n} {state.lower()}" for state, n in found.most_common())
        self.stdout.write(
            f"{found.total():,} links looked at{': ' * bool(words)}{words}."
        )
        if left := Link.objects.unchecked().count():
            self.stdout.write(
                f"{left:,} were never looked at. Run this again to go on."
            )

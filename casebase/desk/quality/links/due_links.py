"""Checks the links whose turn it is, for the command and the job."""

from collections import Counter
from typing import Any

from casebase.desk.quality.links.checker import Checker
from casebase.desk.quality.links.concurrent_checks import CheckRun
from casebase.desk.quality.models import Link
from casebase.jobs.progress import report_progress
from casebase.site_lock import site_lock

BUSY = "The links are being checked already."
# Look again at what was fine, and at what was dead, so many days ago.
DAYS, DEAD_DAYS = 30, 3


def check_due_links(
    days: int = DAYS,
    dead_days: int = DEAD_DAYS,
    limit: int | None = None,
    *,
    checker: Any = Checker,
    track: Any = iter,
) -> Counter[str]:
    """Check the links that were not looked at for longest, and save each verdict.

    ``track`` gets the verdicts, of which there will be ``total``, and returns the same.
    Returns state in words → number of links. Raises BusyError if another process,
    on any machine, does it already.
    """
    found: Counter[str] = Counter()
    with site_lock("check-links", BUSY):
        Link.objects.update_addresses()
        due = Link.objects.due(days=days, dead_days=dead_days)[:limit]
        links = {link.address: link for link in due}
        verdicts = CheckRun(checker()).iterate_verdicts(links)
        for address, verdict in track(verdicts, total=len(links)):
            links[address].save_verdict(verdict)
            found[links[address].get_state_display()] += 1
    return found


def check_as_job(file: Any, report: Any) -> None:
    """Check the links that are due, as a job."""

    def track(verdicts: Any, total: int) -> Any:
        return report_progress(verdicts, report)

    check_due_links(track=track)

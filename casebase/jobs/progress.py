"""Reports of how many records are done, from where these are read or written."""

from collections.abc import Callable, Iterable, Iterator

RECORDS_PER_REPORT = 200
# Called with the number of records that are done. In a job that was cancelled or taken
# over by another process, it raises JobLostError, so that the work ends.
type Report = Callable[[int], None]


class JobLostError(Exception):
    """The job of this process was cancelled, or another process has taken it over."""


def ignore_report(done: int) -> None:
    """The report of a file that is made while its reader waits."""


def report_progress[Record](
    records: Iterable[Record], report: Report
) -> Iterator[Record]:
    """The same records, with a report now and then of how many have passed."""
    for n, record in enumerate(records, start=1):
        yield record
        if n % RECORDS_PER_REPORT == 0:
            report(n)

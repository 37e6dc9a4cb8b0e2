"""What operators see of the checks of links."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format

from casebase.desk.quality.models import Link
from casebase.monitoring.gauges import gauge
from casebase.monitoring.sections import Fact, section

# The check is run once a day; two runs may fail.
LATE = timedelta(days=3)
NOT_CHECKED = (
    "Set CHECK_LINKS=on, and see under “Jobs” whether “Check links” fails; "
    "docs/operating.md says what it needs."
)


@gauge("casebase_links_checked_timestamp_seconds", "When a link was checked last, or 0")
def last_check() -> float | None:
    if at := time_of_last_check():
        return at.timestamp()
    return 0 if settings.CHECK_LINKS else None


@section("Links")
def links() -> list[Fact]:
    at = time_of_last_check()
    is_late = at is None or timezone.now() - at > LATE
    said = date_format(at, "j F Y, H:i") if at else "never"
    return [Fact("Last check", said, NOT_CHECKED if is_late else "")]


def time_of_last_check():
    """Return when a link was checked last, or None."""
    return Link.objects.aggregate(at=Max("checked_at"))["at"]

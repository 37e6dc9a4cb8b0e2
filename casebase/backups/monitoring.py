"""What operators see of backups."""

from datetime import timedelta

from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.timesince import timesince

from casebase.backups.models import last_backup
from casebase.monitoring.gauges import gauge
from casebase.monitoring.sections import Fact, section

OLD = timedelta(days=2)
ADVICE = "Run “manage.py backup” every night; see docs/backups.md."


@gauge("casebase_backup_timestamp_seconds", "When the last backup was made, 0 if never")
def made_at() -> float:
    backup = last_backup()
    return backup.made_at.timestamp() if backup else 0


@section("Backups")
def backups() -> list[Fact]:
    backup = last_backup()
    if backup is None:
        return [Fact("Last", "never, as far as this database knows", ADVICE)]
    is_old = timezone.now() - backup.made_at > OLD
    return [
        Fact("Last", f"{timesince(backup.made_at)} ago", ADVICE if is_old else ""),
        Fact("Size", filesizeformat(backup.size)),
        Fact("Where", backup.place),
    ]

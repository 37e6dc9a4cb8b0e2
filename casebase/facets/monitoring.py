"""What operators see of the index of lists, as the worker that is asked has it."""

from django.template.defaultfilters import filesizeformat

from casebase.change_tracking.models import Counter
from casebase.facets.memory import bytes_of
from casebase.facets.snapshot_cache import SNAPSHOTS
from casebase.monitoring.gauges import gauge
from casebase.monitoring.sections import Fact, section


@gauge("casebase_records_version", "Version of the records in the database")
def version_of_records() -> float:
    return Counter.objects.current()


@gauge("casebase_index_records", "Records in the index of lists", label="kind")
def records_in_index() -> dict[str, float]:
    snapshot = SNAPSHOTS.latest
    if snapshot is None:
        return {}
    return {kind: len(table) for kind, table in snapshot.tables.items()}


@gauge("casebase_index_bytes", "Memory of the index of lists in one worker")
def memory_of_index() -> float | None:
    return bytes_of(SNAPSHOTS.latest) or None


@section("Index of lists")
def index() -> list[Fact]:
    snapshot = SNAPSHOTS.latest
    current = Counter.objects.current()
    if snapshot is None:
        return [Fact("State", "not built yet, in the worker that made this page")]
    is_behind = current != snapshot.version
    return [
        Fact("State", "behind: the next reader waits" if is_behind else "up to date"),
        Fact("Records", f"{len(snapshot):,}"),
        Fact("Memory", filesizeformat(bytes_of(snapshot))),
    ]

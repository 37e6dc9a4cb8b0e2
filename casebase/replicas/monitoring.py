"""What operators see of the replicas, as the worker that is asked knows them."""

from casebase.change_tracking.models import Counter
from casebase.monitoring.gauges import gauge
from casebase.monitoring.sections import Fact, section
from casebase.replicas.replica import Replica
from casebase.replicas.watching import all_replicas

# Versions follow the clock: docs/adr/0032.
VERSIONS_PER_SECOND = 1_000_000
LEFT_OUT = (
    "Readers notice nothing: the primary answers. See the log of the replica, and "
    "docs/replicas.md."
)


@gauge(
    "casebase_replica_used",
    "Whether readers are answered from the replica",
    label="replica",
    needs_database=False,
)
def used() -> dict[str, float]:
    return {replica.alias: replica.is_used for replica in all_replicas().all}


@gauge(
    "casebase_replica_lag_seconds",
    "From the last change on the replica to the last on the primary",
    label="replica",
)
def lags() -> dict[str, float]:
    latest = Counter.objects.current()
    found = {}
    for replica in all_replicas().all:
        lag = lag_of(replica, latest) if replica.is_used else None
        if lag is not None:
            found[replica.alias] = lag
    return found


def lag_of(replica: Replica, latest: int) -> float | None:
    """Return the seconds that the replica lacks, or None if it does not answer."""
    counter = replica.begin()
    if counter is None:
        return None
    replica.end()
    return max(latest - int(counter.version), 0) / VERSIONS_PER_SECOND


@section("Replicas")
def describe_replicas() -> list[Fact]:
    lag = lags()
    return [
        describe_replica(replica, lag.get(replica.alias))
        for replica in all_replicas().all
    ] or [Fact("Replicas", "none")]


def describe_replica(replica: Replica, lag: float | None) -> Fact:
    if lag is None:
        reason = replica.reason or "nobody has looked at it yet"
        advice = LEFT_OUT if replica.reason else ""
        return Fact(replica.alias, f"left out: {reason}", advice)
    return Fact(replica.alias, f"used, {lag:,.1f} seconds behind")

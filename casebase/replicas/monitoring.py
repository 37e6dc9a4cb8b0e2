"""What operators see of replicas, as the worker that is asked knows them."""

from casebase.monitoring.gauges import gauge
from casebase.monitoring.sections import Fact, section
from casebase.replicas.watching import all_replicas

LEFT_OUT = "Readers read from the primary meanwhile. See docs/replicas.md."


@gauge(
    "casebase_replica_used",
    "Whether readers are sent to the replica",
    label="replica",
    needs_database=False,
)
def used() -> dict[str, float]:
    return {replica.alias: replica.is_used for replica in all_replicas().all}


@section("Replicas")
def replicas() -> list[Fact]:
    facts = [
        Fact(replica.alias, f"left out: {replica.reason}", LEFT_OUT)
        if replica.reason
        else Fact(replica.alias, "used" if replica.is_used else "not looked at yet")
        for replica in all_replicas().all
    ]
    return facts or [Fact("Replicas", "none")]

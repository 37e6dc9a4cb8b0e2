"""What operators see of jobs: how many wait and for how long, and what failed."""

from django.db.models import Count
from django.utils import timezone

from casebase.jobs.models import Job, State
from casebase.monitoring.gauges import gauge
from casebase.monitoring.sections import Fact, section

LATE_SECONDS = 600
LATE = "Nothing takes them up: see whether “manage.py run_jobs” runs."
PARKED = "Read why on the page “Jobs”, and begin them again there."


@gauge("casebase_jobs", "Jobs by their state, of the last week", label="state")
def jobs_by_state() -> dict[str, float]:
    counts = Job.objects.values_list("state").order_by("state").annotate(Count("pk"))
    return dict.fromkeys(map(str, State.values), 0.0) | dict(counts)


@gauge("casebase_jobs_oldest_seconds", "How long the oldest waiting job is due")
def oldest_seconds() -> float:
    oldest = Job.objects.waiting().order_by("due_at").first()
    age = (timezone.now() - oldest.due_at).total_seconds() if oldest else 0
    return max(age, 0)


@section("Jobs")
def jobs() -> list[Fact]:
    n = jobs_by_state()
    is_late = oldest_seconds() > LATE_SECONDS
    return [
        Fact("Waiting", f"{n['waiting']:,.0f}", LATE if is_late else ""),
        Fact("Running", f"{n['running']:,.0f}"),
        Fact("Failed", f"{n['failed']:,.0f}", PARKED if n["failed"] else ""),
    ]

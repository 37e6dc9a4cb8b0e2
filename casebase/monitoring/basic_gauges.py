"""The gauges of the database, of disks and of worker processes."""

from casebase.monitoring.database_facts import database_bytes
from casebase.monitoring.folders import disks
from casebase.monitoring.gauges import gauge
from casebase.monitoring.processes import resident_bytes, worker_ids


@gauge("casebase_database_bytes", "Size of the database")
def measure_database() -> float:
    return database_bytes()


@gauge(
    "casebase_disk_free_bytes",
    "Free space on the disk of a folder",
    label="folder",
    needs_database=False,
)
def free_bytes() -> dict[str, float]:
    return {purpose: disk.free for purpose, disk in disks().items()}


@gauge(
    "casebase_disk_bytes",
    "Size of the disk of a folder",
    label="folder",
    needs_database=False,
)
def total_bytes() -> dict[str, float]:
    return {purpose: disk.total for purpose, disk in disks().items()}


@gauge("casebase_workers", "Worker processes of this machine", needs_database=False)
def count_workers() -> float:
    return len(worker_ids())


@gauge(
    "casebase_workers_resident_bytes",
    "Memory of all worker processes of this machine",
    needs_database=False,
)
def memory_of_workers() -> float | None:
    return sum(map(resident_bytes, worker_ids())) or None

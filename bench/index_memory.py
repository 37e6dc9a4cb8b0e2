"""Measures the time and memory that a new process needs for the index of facets.

    python -m bench.configured bench.index_memory

Prints result rows as JSON. Needs DATABASE_URL.
"""

import gc
import json
import subprocess
import sys
from collections.abc import Callable
from time import perf_counter
from typing import Any

from bench.servers import memory_mb
from casebase.facets.snapshot_cache import current_snapshot
from initiatives.cited_works import cited_work_index
from initiatives.facets import case_index
from initiatives.findings.index import finding_index
from initiatives.models import Initiative


def measure_in_new_process() -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "bench.configured", "bench.index_memory"]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)  # noqa: S603 -- of ours
    rows: list[dict[str, Any]] = json.loads(done.stdout)
    return rows


def main() -> None:
    # Import and connect first, so that only the index is measured.
    Initiative.objects.count()
    before = memory_mb("VmRSS")
    built = seconds(build_indexes)
    gc.collect()
    rows = [
        {"what": "index, built", "value": built, "unit": "s"},
        {"what": "index, memory", "value": memory_mb("VmRSS") - before, "unit": "MB"},
    ]
    case = Initiative.objects.published().order_by("-pk").first()
    case.name = f"{case.name.removesuffix(' renamed')} renamed"
    case.save(update_fields=["name"])
    updated = seconds(build_indexes)
    rows.append({"what": "index, after an edit", "value": updated, "unit": "s"})
    json.dump(rows, sys.stdout)


def build_indexes() -> None:
    """Build the indexes of the current snapshot, which are built on first use."""
    snapshot = current_snapshot()
    for build in (case_index, cited_work_index, finding_index):
        build(snapshot).matching([])


def seconds(function: Callable[[], object]) -> float:
    """Return how long a function takes."""
    start = perf_counter()
    function()
    return perf_counter() - start


if __name__ == "__main__":
    main()

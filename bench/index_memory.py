"""Measures what the index of lists costs: to make it, to save it, and to begin with it.

    python -m bench.configured bench.index_memory

Prints result rows as JSON. Needs DATABASE_URL and CACHE_DIR.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from time import perf_counter, process_time
from typing import Any

from django.db import connection

from bench.servers import memory_mb
from casebase.change_tracking.models import Counter
from casebase.facets import saved_snapshot
from casebase.facets.process_memory import return_arrays_when_freed
from casebase.facets.snapshot_cache import build_snapshot, current_snapshot
from initiatives.cited_works import cited_work_index
from initiatives.facets import case_index
from initiatives.findings.index import finding_index
from initiatives.models import Initiative

type Rows = list[dict[str, Any]]


def measure_in_new_process(step: str = "") -> Rows:
    """Run this module, or one of STEPS, in a process of its own. Returns its rows."""
    command = [sys.executable, "-m", "bench.configured", "bench.index_memory", step]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)  # noqa: S603 -- of ours
    rows: Rows = json.loads(done.stdout)
    return rows


def make() -> Rows:
    """Make the index from the records and save it, as a process of its own does."""
    return_arrays_when_freed()
    before = memory_mb("VmRSS")
    cpu = process_time()
    snapshot, wall = timed(lambda: build_snapshot(None, Counter.objects.get()))
    rows = [
        row("made", wall, "s"),
        row("made, processor", process_time() - cpu, "s"),
        row("made, peak", memory_mb("VmHWM") - before, "MB"),
    ]
    _, wall = timed(lambda: saved_snapshot.save(snapshot))
    size = saved_snapshot.file_path().stat().st_size
    return [*rows, row("saved", wall, "s"), row("file", size / 2**20, "MB")]


def begin() -> Rows:
    """Begin as a worker does, with what another process has saved."""
    rows = [row("memory of a process without", memory_mb("VmRSS"), "MB")]
    _, wall = timed(use_indexes)
    rows += [
        row("mapped", wall, "s"),
        row("memory of a process with", memory_mb("VmHWM"), "MB"),
        row("memory of a process with, its own", memory_mb("RssAnon"), "MB"),
    ]
    case = Initiative.objects.published().order_by("-pk").first()
    case.name = f"{case.name.removesuffix(' renamed')} renamed"
    case.save(update_fields=["name"])
    _, wall = timed(use_indexes)
    return [*rows, row("after an edit", wall, "s")]


STEPS = {"make": make, "begin": begin}


def main() -> None:
    # Import and connect first, so that only the index is measured.
    Initiative.objects.count()
    step = sys.argv[1] if len(sys.argv) > 1 else ""
    if step:
        rows = STEPS[step]()
    else:
        rows = [one for name in STEPS for one in measure_in_new_process(name)]
    json.dump(rows, sys.stdout)


def use_indexes() -> None:
    """Get the current snapshot, and the indexes that are built on first use."""
    snapshot = current_snapshot()
    for build in (case_index, cited_work_index, finding_index):
        build(snapshot).matching([])


def row(what: str, value: float, unit: str) -> dict[str, Any]:
    setup = {"database": connection.vendor}
    return setup | {"what": f"index, {what}", "value": value, "unit": unit}


def timed[Result](function: Callable[[], Result]) -> tuple[Result, float]:
    """Return what a function returns, and how many seconds it took."""
    start = perf_counter()
    return function(), perf_counter() - start


if __name__ == "__main__":
    main()

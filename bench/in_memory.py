"""The index of facets and orders in a process of its own: how long it takes, how large.

    python -m bench.configured bench.in_memory

Prints rows as JSON. Needs DATABASE_URL.
"""

import gc
import json
import subprocess
import sys
from time import perf_counter
from typing import Any

from bench.serving import memory
from casebase.facets.snapshot_cache import current_snapshot
from initiatives.cited_works import cited_work_index
from initiatives.facets import case_index
from initiatives.models import Initiative


def rows_of_a_new_process() -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "bench.configured", "bench.in_memory"]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)  # noqa: S603
    rows: list[dict[str, Any]] = json.loads(done.stdout)
    return rows


def main() -> None:
    # Everything that any process needs is imported by now; what follows is the index.
    Initiative.objects.count()
    before = memory("VmRSS")
    built = seconds(lambda: filled(current_snapshot()))
    gc.collect()
    rows = [
        {"what": "index, built", "value": built, "unit": "s"},
        {"what": "index, memory", "value": memory("VmRSS") - before, "unit": "MB"},
    ]
    case = Initiative.objects.published().order_by("-pk").first()
    case.name += " renamed"
    case.save(update_fields=["name"])
    followed = seconds(lambda: filled(current_snapshot()))
    rows.append({"what": "index, after an edit", "value": followed, "unit": "s"})
    json.dump(rows, sys.stdout)


def filled(snapshot: Any) -> None:
    """Build the indexes, which are built when they are first asked."""
    for index in (case_index(snapshot), cited_work_index(snapshot)):
        index.matching([])


def seconds(act: Any) -> float:
    began = perf_counter()
    act()
    return perf_counter() - began


if __name__ == "__main__":
    main()

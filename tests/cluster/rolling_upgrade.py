"""Plays the upgrade from one release to another on a cluster that is being read.

    python -m tests.cluster.rolling_upgrade OLD [NEW]

OLD and NEW are folders of the site or revisions of git; by default, NEW is this folder.
A folder's own .venv is used, else that of this process. Prints what readers and a
curator got, by step, and exits with 1 if that was an error of the site even once.
"""

import argparse
import signal
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack

from tests.cluster import servers
from tests.cluster.load import ADD_CURATOR, steady_load
from tests.cluster.load_report import report
from tests.cluster.releases import ROOT, Release, checked_out
from tests.cluster.topology import WEB, WORKERS, Cluster, running_cluster

# For how long each step is watched; longer than nginx leaves a machine alone (2 s).
SECONDS = 5.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("old")
    parser.add_argument("new", nargs="?", default=str(ROOT))
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--readers", type=int, default=4)
    options = parser.parse_args()
    if lacking := servers.missing():
        sys.exit(f"This machine lacks {lacking}.")
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, signal.default_int_handler)
    with ExitStack() as stack:
        old, new = (
            stack.enter_context(checked_out(c)) for c in (options.old, options.new)
        )
        cluster = stack.enter_context(running_cluster())
        before, after = cluster.release(old), cluster.release(new)
        cluster.start_site(before)
        before.manage("shell", "--no-imports", "--command", ADD_CURATOR)
        with steady_load(cluster.address, options.readers) as load:
            for name, step in steps(cluster, before, after):
                load.phase = name
                step()
                time.sleep(options.seconds)
    sys.exit(report(load))


def steps(
    cluster: Cluster, before: Release, after: Release
) -> list[tuple[str, Callable[[], object]]]:
    """The steps of docs/scaling.md, by name, and a step back at the end."""

    def put(names: tuple[str, ...], release: Release) -> Callable[[], None]:
        def replace() -> None:
            for name in names:
                if name in WEB:
                    cluster.replace(cluster.web(name, release))
                elif name in cluster.parts:
                    cluster.replace(cluster.worker(name, release))

        return replace

    return [
        ("old release", lambda: None),
        ("static files", after.collect_static),
        ("migrate", lambda: after.manage("migrate", "--no-input", "--verbosity=0")),
        *((f"{name} is new", put((name,), after)) for name in WEB),
        ("workers are new", put(WORKERS, after)),
        ("web-1 goes back", put(WEB[:1], before)),
        ("new release", put(WEB[:1], after)),
    ]


if __name__ == "__main__":
    main()

"""What can fail on a heavy day: parts that are killed, full disks, wrong clocks."""

import os
import shutil
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from glob import glob
from pathlib import Path
from typing import NamedTuple

from tests.cluster.parts import Part
from tests.cluster.processes import command_of, processes_of
from tests.cluster.topology import Cluster

# Larger disks are not filled.
MOST_BYTES = 4 * 10**9
BLOCK = bytes(2**20)
LIBFAKETIME = "/usr/lib/*/faketime/libfaketimeMT.so.1"
CLOCKS = {"a day ahead": "+1d", "a day behind": "-1d"}
WORKER = "gunicorn"
CLOCK = ("LD_PRELOAD", "FAKETIME")


class Failure(NamedTuple):
    """``begin`` lets something fail, ``end`` mends it."""

    begin: Callable[[], object]
    end: Callable[[], object]


def failures(cluster: Cluster) -> Iterator[tuple[str, Failure]]:
    """Yield all that can fail in this cluster, by name."""
    web = cluster.web_names[0]
    yield f"a process of {web} killed", Failure(lambda: kill_child(cluster, web), wait)
    for name in ("web-1", "worker-1", "cache", "standby"):
        if part := cluster.parts.get(name):
            yield f"{name} killed", Failure(part.kill, part.start)
    if primary := cluster.parts.get("primary"):
        yield "primary restarted", Failure(lambda: restart(primary), wait)
        yield "primary killed", Failure(primary.kill, primary.start)
    if shutil.disk_usage(cluster.folder).total <= MOST_BYTES:
        yield "disk full", Failure(lambda: fill(cluster), lambda: empty(cluster))
    yield from wrong_clocks(cluster)


def wrong_clocks(cluster: Cluster) -> Iterator[tuple[str, Failure]]:
    """Yield a wrong clock of a web machine and, if it is another, of the database's."""
    if not (library := next(iter(glob(LIBFAKETIME)), None)):
        return
    names = [name for name in ("primary", "web-1") if name in cluster.parts]
    for told, shift in CLOCKS.items():
        clock = {"LD_PRELOAD": library, "FAKETIME": shift}
        yield (
            f"clock {told}",
            Failure(lambda clock=clock: turn(cluster, names, clock), wait),
        )
    yield "clock right again", Failure(lambda: turn(cluster, names, {}), wait)


def turn(cluster: Cluster, names: list[str], clock: Mapping[str, str]) -> None:
    """Start parts again, one after another, with this clock."""
    for name in names:
        part = cluster.parts[name]
        part.stop()
        kept = {k: v for k, v in part.environment.items() if k not in CLOCK}
        part.environment = kept | clock
        part.start()


def wait() -> None:
    """Let it mend itself."""


def restart(part: Part) -> None:
    part.stop()
    part.start()


def kill_child(cluster: Cluster, name: str) -> None:
    """Kill a process that the part's first process has started to serve pages."""
    part = cluster.parts[name]
    assert part.process
    children = [
        pid
        for pid in processes_of(part)
        if pid != part.process.pid and WORKER in command_of(pid)
    ]
    os.kill(children[-1], signal.SIGKILL)


def filler(cluster: Cluster) -> Path:
    return cluster.folder / "filler"


def fill(cluster: Cluster) -> None:
    """Write until nothing fits on the disk any more."""
    with suppress(OSError), filler(cluster).open("wb", buffering=0) as file:
        while file.write(BLOCK):
            continue


def empty(cluster: Cluster) -> None:
    filler(cluster).unlink()

"""Memory and open files of a part with all processes that it started, on Linux."""

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from tests.cluster.parts import Part

PROC = Path("/proc")
# Memory that is shared counts by its share, so a sum over processes is right.
SHARE = re.compile(r"^Pss:\s+(\d+) kB", re.MULTILINE)


class Usage(NamedTuple):
    memory_mb: float
    n_files: int
    n_processes: int

    def __str__(self) -> str:
        files, processes = self.n_files, self.n_processes
        return f"{self.memory_mb:.0f} MB, {files} files in {processes} processes"


def usage(part: Part) -> Usage:
    """Return what the processes of a part need together."""
    memory = files = processes = 0
    for pid in processes_of(part):
        # Processes may end meanwhile.
        with suppress(OSError):
            memory += sum(map(int, SHARE.findall(read(pid, "smaps_rollup"))))
            files += len(os.listdir(PROC / str(pid) / "fd"))
            processes += 1
    return Usage(memory / 1024, files, processes)


def processes_of(part: Part) -> list[int]:
    """Return the ids of the part's process and of those that it started."""
    assert part.process, f"{part.name} was not started"
    return [pid for pid in all_processes() if session_of(pid) == part.process.pid]


def all_processes() -> Iterator[int]:
    return (int(path.name) for path in PROC.iterdir() if path.name.isdigit())


def session_of(pid: int) -> int | None:
    with suppress(OSError):
        return os.getsid(pid)
    return None


def command_of(pid: int) -> str:
    """Return the command line; empty if the process has ended."""
    with suppress(OSError):
        return read(pid, "cmdline").replace("\0", " ")
    return ""


def read(pid: int, name: str) -> str:
    return (PROC / str(pid) / name).read_text()

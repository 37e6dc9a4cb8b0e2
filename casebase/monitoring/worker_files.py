"""The files in which the worker processes of a server count, in a folder of its own.

Each worker writes to files that it maps into memory, and whoever is asked for metrics
reads the files of all: https://prometheus.github.io/client_python/multiprocess/
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import rmtree
from tempfile import gettempdir, mkdtemp

from casebase.semaphore import try_lock

# The name that prometheus_client reads.
FOLDER_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
PREFIX = "casebase-metrics-"
# In memory where possible: on a full disk, writing to a mapped file kills the process.
MEMORY = "/dev/shm"  # noqa: S108
# The files of counts, and what stands in place of a process id in those of the dead.
KINDS, DEAD = ("counter", "histogram"), "dead"

# The lock of the folder of this server, held until its last process ends.
_held: list[object] = []


def make_folder(base: str = "") -> Path:
    """Make an empty folder for the workers of this server, and return it.

    Deletes the folders of servers that were killed.
    """
    parent = Path(base or (MEMORY if os.access(MEMORY, os.W_OK) else gettempdir()))
    for other in parent.glob(f"{PREFIX}*"):
        delete_if_unused(other)
    # It gets its name when it is locked, so that nobody takes it for unused.
    unnamed = Path(mkdtemp(prefix=f"new-{PREFIX}", dir=parent))
    file = (unnamed / "in-use").open("ab")
    try_lock(file)
    _held.append(file)
    return unnamed.rename(parent / unnamed.name.removeprefix("new-"))


def delete_if_unused(folder: Path) -> None:
    """Delete the folder unless a process of its server lives, or it isn't ours."""
    with suppress(OSError), (folder / "in-use").open("ab") as file:
        if try_lock(file):
            rmtree(folder, ignore_errors=True)


@contextmanager
def reading(folder: str) -> Iterator[None]:
    """While this block reads, counts of dead workers stay where they are."""
    with Path(folder, "reading").open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        yield


def absorb_process(folder: Path, pid: int) -> None:
    """Add up what a dead worker has counted with what others had that are dead.

    So any number of dead workers needs one file, and no count goes back. If somebody
    reads just now, its files are left as they are, which counts the same.
    """
    for gauge in folder.glob(f"gauge_live*_{pid}.db"):
        gauge.unlink()
    with (folder / "reading").open("ab") as file:
        if try_lock(file):
            for kind in KINDS:
                absorb(folder / f"{kind}_{pid}.db", folder / f"{kind}_{DEAD}.db")


def absorb(one: Path, total: Path) -> None:
    """Add the counts of one file to those of another, and delete the first."""
    # Imported here, because it looks for FOLDER_VARIABLE when it is imported.
    from prometheus_client.mmap_dict import MmapedDict

    if one.exists():
        sums = MmapedDict(str(total))
        for key, count, _, _ in MmapedDict.read_all_values_from_file(str(one)):
            sums.write_value(key, sums.read_value(key)[0] + count, 0)
        sums.close()
        one.unlink()

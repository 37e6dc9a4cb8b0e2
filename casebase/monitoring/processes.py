"""The worker processes of the server that this process belongs to."""

import os
from pathlib import Path

from casebase.monitoring.worker_files import FOLDER_VARIABLE

PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


def worker_ids() -> list[int]:
    """Return the process ids of all workers: those that count now."""
    folder = os.environ.get(FOLDER_VARIABLE)
    if not folder:
        return [os.getpid()]
    files = Path(folder).glob("gauge_livemax_*.db")
    return [int(file.stem.rpartition("_")[2]) for file in files]


def resident_bytes(pid: int) -> int:
    """Return the memory that the process has in use.

    0 if it has ended, and where the system has no /proc.
    """
    try:
        pages = Path(f"/proc/{pid}/statm").read_text().split()[1]
    except OSError:
        return 0
    return int(pages) * PAGE_BYTES

"""The worker processes of the server that this process belongs to, on Linux."""

import os
from pathlib import Path

PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


def worker_ids() -> list[int]:
    """Return the process ids of all workers: this one and its siblings.

    Empty where the system has no /proc.
    """
    server = os.getppid()
    try:
        children = Path(f"/proc/{server}/task/{server}/children").read_text()
    except OSError:
        return []
    return [int(child) for child in children.split()]


def resident_bytes(pid: int) -> int:
    """Return the memory that the process has in use; 0 if it has ended."""
    try:
        pages = Path(f"/proc/{pid}/statm").read_text().split()[1]
    except OSError:
        return 0
    return int(pages) * PAGE_BYTES

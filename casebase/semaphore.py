"""Semaphores that all processes of this machine share.

Each permit is a lock on a file. The lock belongs to the open file: a process that
inherits the file inherits the lock. It is released when the last process closes the
file or is killed: https://man7.org/linux/man-pages/man2/flock.2.html
"""

import fcntl
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import BinaryIO

from django.conf import settings

POLL_SECONDS = 0.05


class BusyError(Exception):
    """A temporary limit is reached. The text of the error is shown to readers.

    ``limit`` is the name of the limit, for operators.
    """

    def __init__(self, message: str, limit: str) -> None:
        super().__init__(message)
        self.limit = limit


@dataclass(frozen=True)
class FileSemaphore:
    """A semaphore with ``limit`` permits, which are files in ``CACHE_DIR``/slots.

    ``message`` is for readers if no permit is left.
    """

    name: str
    limit: int
    message: str

    def acquire(self, *, timeout: float = 0) -> BinaryIO:
        """Return an open file, which is a permit until all copies of it are closed.

        Raises ``BusyError`` if no permit becomes free within ``timeout`` seconds.
        """
        deadline = monotonic() + timeout
        while True:
            if file := self._try_acquire():
                return file
            if monotonic() >= deadline:
                raise BusyError(self.message, self.name)
            sleep(POLL_SECONDS)

    def _try_acquire(self) -> BinaryIO | None:
        for path in self._paths():
            file = path.open("ab")
            if try_lock(file):
                return file
            file.close()
        return None

    def _paths(self) -> Iterator[Path]:
        folder = Path(settings.CACHE_DIR) / "slots"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return (folder / f"{self.name}-{number}" for number in range(self.limit))


def try_lock(file: BinaryIO) -> bool:
    """Lock the file if no other process has locked it. Returns whether it is locked."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True

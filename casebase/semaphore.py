"""How much of a kind runs at once on this machine: by locks that end with their holder.

The lock belongs to the open file, so a process that inherits the file inherits it, and
no kill leaves it behind: https://man7.org/linux/man-pages/man2/flock.2.html.
"""

import fcntl
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import BinaryIO

from django.conf import settings

LOOK_EVERY_SECONDS = 0.05


class BusyError(Exception):
    """As much of a kind as we allow is being done; later there is room again."""


@dataclass(frozen=True)
class Slots:
    """So many places for one kind of work, each a file of ``CACHE_DIR``/slots.

    ``complaint`` is what a reader hears when all are taken.
    """

    name: str
    at_once: int
    complaint: str

    def take(self, holder: str = "") -> BinaryIO:
        """An open file that holds a slot until every copy of it is closed.

        Raises ``BusyError``.
        """
        for path in self.paths():
            file = path.open("a+b")
            if is_free(file):
                file.truncate(0)
                file.write(holder.encode())
                file.flush()
                return file
            file.close()
        raise BusyError(self.complaint)

    def wait(self, seconds: float) -> BinaryIO:
        """The same, as soon as one is free. Raises ``BusyError`` if none is by then."""
        until = monotonic() + seconds
        while True:
            try:
                return self.take()
            except BusyError:
                if monotonic() >= until:
                    raise
            sleep(LOOK_EVERY_SECONDS)

    def holders(self) -> set[str]:
        """What holds them. Who takes one just now may find it taken by this look."""
        holders = set()
        for path in self.paths():
            with path.open("a+b") as file:
                if not is_free(file):
                    file.seek(0)
                    holders.add(file.read().decode())
        return holders

    def paths(self) -> Iterator[Path]:
        folder = Path(settings.CACHE_DIR) / "slots"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return (folder / f"{self.name}-{number}" for number in range(self.at_once))


def is_free(file: BinaryIO) -> bool:
    """Whether this file now has the lock of its slot."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True

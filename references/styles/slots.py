"""How many jobs run on this machine, and which: by locks that end with their holder.

The lock belongs to the open file, so a process that inherits the file inherits it, and
no kill leaves it behind: https://man7.org/linux/man-pages/man2/flock.2.html.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from references.styles.errors import RenderBusyError

AT_ONCE = 2


@contextmanager
def one_at_a_time(home: Path) -> Iterator[None]:
    """Only who is in here may look at slots or take one."""
    with (home / "slots.lock").open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def running(home: Path) -> set[str]:
    """The jobs whose process is alive."""
    jobs = set()
    for slot in slots(home):
        with slot.open("a+b") as file:
            if not is_free(file):
                file.seek(0)
                jobs.add(file.read().decode())
    return jobs


def take_slot(home: Path, job: str) -> BinaryIO:
    """An open file that holds a slot until every copy of it is closed."""
    for slot in slots(home):
        file = slot.open("a+b")
        if is_free(file):
            file.truncate(0)
            file.write(job.encode())
            file.flush()
            return file
        file.close()
    raise RenderBusyError("Too many long lists are being set. Try again in a minute.")


def slots(home: Path) -> list[Path]:
    return [home / f"slot-{number}" for number in range(AT_ONCE)]


def is_free(file: BinaryIO) -> bool:
    """Whether this file now has the lock of its slot."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True

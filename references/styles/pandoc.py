"""Runs pandoc as a process of its own: no network, and within limits."""

import logging
import subprocess
from importlib.metadata import distribution
from math import ceil
from typing import NamedTuple

from casebase.semaphore import Slots
from references.styles.errors import RenderError, RenderTimeoutError

PACKAGE = distribution("pypandoc-binary")
PROGRAM = str(PACKAGE.locate_file("pypandoc/files/pandoc"))
# More of it is no faster on two cores, and each may fill its heap.
AT_ONCE = 2
HEAP = "1g"
# A time limit ends with the process that keeps it; this one, of the system, does not.
# The arguments reach the shell as arguments, and it becomes pandoc.
LIMITED = ["/bin/sh", "-c", 'ulimit -t "$0" && exec "$@"']

logger = logging.getLogger(__name__)


class Queue(NamedTuple):
    """Those of this machine who wait for the same pandocs, and how long they may."""

    slots: Slots
    wait_seconds: float


FAILED = "This list could not be set. Try fewer works, or another style."
TOO_SLOW = "Setting this list took too long. Try fewer works, or another style."
BUSY = "Too many lists are being set. Try again in a minute."
PAGES = Queue(Slots("pandoc", AT_ONCE, BUSY), 10)
# Nobody looks at a job while it waits, and those before it all end.
JOBS = Queue(Slots("pandoc-of-jobs", AT_ONCE, BUSY), 3600)
# The one of this process.
queue = PAGES


def run(
    arguments: list[str], given: bytes, *, seconds: float, heap: str = HEAP
) -> bytes:
    """What pandoc writes when given this on its standard input.

    Raises ``BusyError``, ``RenderTimeoutError``, ``RenderError``.
    """
    pandoc = [PROGRAM, "+RTS", f"-M{heap}", "-RTS", "--sandbox", *arguments]
    with queue.slots.wait(queue.wait_seconds) as slot:
        try:
            # No word of the command is a reader's. While it lives it holds the slot.
            done = subprocess.run(  # noqa: S603
                [*LIMITED, str(ceil(seconds)), *pandoc],
                input=given,
                capture_output=True,
                timeout=seconds,
                env={},
                pass_fds=[slot.fileno()],
            )
        except subprocess.TimeoutExpired:
            raise RenderTimeoutError(TOO_SLOW) from None
    refuse_failure(done)
    return done.stdout


def refuse_failure(done: "subprocess.CompletedProcess[bytes]") -> None:
    if done.returncode:
        words = done.stderr.decode(errors="replace")[:2000]
        logger.error("pandoc ended with %d: %s", done.returncode, words)
        raise RenderError(FAILED)

"""Runs of pandoc, each a process without network and with limited time and memory."""

import logging
import subprocess
from importlib.metadata import distribution
from math import ceil
from typing import NamedTuple

from casebase.jobs.running import is_running_job
from casebase.semaphore import FileSemaphore
from references.styles.errors import RenderError, RenderTimeoutError

PACKAGE = distribution("pypandoc-binary")
PROGRAM = str(PACKAGE.locate_file("pypandoc/files/pandoc"))
# More processes are not faster on two cores, and each may fill its heap.
MAX_PROCESSES = 2
MAX_HEAP = "1g"
# Python's time limit ends with the Python process; this one belongs to the system and
# does not. The shell gets the arguments as arguments, and is replaced by pandoc.
CPU_LIMIT_COMMAND = ["/bin/sh", "-c", 'ulimit -t "$0" && exec "$@"']

logger = logging.getLogger(__name__)


class Queue(NamedTuple):
    """A semaphore for runs of pandoc, and how long to wait for a permit of it."""

    semaphore: FileSemaphore
    timeout_seconds: float


FAILED = "This list could not be set. Try fewer works, or another style."
TOO_SLOW = "Setting this list took too long. Try fewer works, or another style."
BUSY = "Too many lists are being set. Try again in a minute."
PAGE_QUEUE = Queue(FileSemaphore("pandoc", MAX_PROCESSES, BUSY), 10)
# No reader waits for the page of a job, and the jobs before it are sure to end.
JOB_QUEUE = Queue(FileSemaphore("pandoc-of-jobs", MAX_PROCESSES, BUSY), 3600)


def current_queue() -> Queue:
    """Return the queue of jobs within a job, and the queue of pages elsewhere."""
    return JOB_QUEUE if is_running_job() else PAGE_QUEUE


def run(
    arguments: list[str], text: bytes, *, seconds: float, heap: str = MAX_HEAP
) -> bytes:
    """Return what pandoc writes when it gets the text on its standard input.

    ``seconds`` limits the time, ``heap`` the memory, in the notation of GHC: “1g”.
    Raises ``BusyError``, ``RenderTimeoutError`` or ``RenderError``.
    """
    pandoc = [PROGRAM, "+RTS", f"-M{heap}", "-RTS", "--sandbox", *arguments]
    queue = current_queue()
    with queue.semaphore.acquire(timeout=queue.timeout_seconds) as permit:
        try:
            # No argument is a reader's text. While it runs, pandoc holds the permit.
            process = subprocess.run(  # noqa: S603
                [*CPU_LIMIT_COMMAND, str(ceil(seconds)), *pandoc],
                input=text,
                capture_output=True,
                timeout=seconds,
                env={},
                pass_fds=[permit.fileno()],
            )
        except subprocess.TimeoutExpired:
            raise RenderTimeoutError(TOO_SLOW) from None
    raise_for_failure(process)
    return process.stdout


def raise_for_failure(process: "subprocess.CompletedProcess[bytes]") -> None:
    if process.returncode:
        message = process.stderr.decode(errors="replace")[:2000]
        logger.error("pandoc ended with %d: %s", process.returncode, message)
        raise RenderError(FAILED)

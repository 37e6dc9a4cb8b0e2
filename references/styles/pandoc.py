"""Runs pandoc as a process of its own: no shell, no network, and within limits."""

import logging
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import distribution
from threading import BoundedSemaphore

from references.styles.errors import RenderBusyError, RenderError, RenderTimeoutError

PACKAGE = distribution("pypandoc-binary")
PROGRAM = str(PACKAGE.locate_file("pypandoc/files/pandoc"))
# More of it is no faster on two cores, and each may fill its heap.
AT_ONCE = 2
HEAP = "1g"
WAIT_SECONDS = 10
SLOTS = BoundedSemaphore(AT_ONCE)

logger = logging.getLogger(__name__)


def run(
    arguments: list[str], given: bytes, *, seconds: float, heap: str = HEAP
) -> bytes:
    """What pandoc writes when given this on its standard input.

    At most ``AT_ONCE`` run for one process of ours; others wait ``WAIT_SECONDS``.
    Raises ``RenderBusyError``, ``RenderTimeoutError``, ``RenderError``.
    """
    command = [PROGRAM, "+RTS", f"-M{heap}", "-RTS", "--sandbox", *arguments]
    with slot():
        try:
            # No word of the command is a reader's.
            done = subprocess.run(  # noqa: S603
                command, input=given, capture_output=True, timeout=seconds, env={}
            )
        except subprocess.TimeoutExpired:
            raise RenderTimeoutError("Setting this list took too long.") from None
    if done.returncode:
        words = done.stderr.decode(errors="replace")[:2000]
        logger.error("pandoc ended with %d: %s", done.returncode, words)
        raise RenderError("This list could not be set.")
    return done.stdout


@contextmanager
def slot() -> Iterator[None]:
    if not SLOTS.acquire(timeout=WAIT_SECONDS):
        raise RenderBusyError("Too many lists are being set. Try again in a minute.")
    try:
        yield
    finally:
        SLOTS.release()

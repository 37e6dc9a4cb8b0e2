"""Computes a thing once and caches it for all workers of a machine."""

import hashlib
import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock
from typing import Any, cast

from django.core.cache import caches

from casebase.conditional_get import code_fingerprint
from casebase.semaphore import BusyError
from references.styles import pandoc, style_catalogue
from references.styles.errors import RenderError

# What a cached thing depends on, besides our code and its parameters.
VERSIONS = (pandoc.PACKAGE.version, style_catalogue.PACKAGE.version)
WAIT_SECONDS = 20
# Readers who want the same thing wait for the first one's; others may by chance share a
# lock with them.
LOCKS = [Lock() for _ in range(64)]
# So many of a worker's threads may compute a thing or wait for it: the others have
# pages to answer. See gunicorn.conf.py.
THREADS = BoundedSemaphore(2)
BUSY = "Too many lists are being set. Try again in a minute."
UNABLE = "Nothing can be set in a citation style just now. Try again later."

logger = logging.getLogger(__name__)


def get_or_compute[Thing](parameters: Any, compute: Callable[[], Thing]) -> Thing:
    """The cached result for these parameters, or else that of ``compute``.

    The parameters are anything that JSON can hold, and all that the result depends on.
    Errors are not cached. Raises ``BusyError`` at once if too many threads compute, and
    if another reader's result takes long; ``RenderError`` if this machine has no room
    or right to compute it.
    """
    written = json.dumps([code_fingerprint(), VERSIONS, parameters], sort_keys=True)
    key = hashlib.sha256(written.encode()).hexdigest()
    if (cached := read_cache(key)) is not None:
        return cast(Thing, cached)
    lock = LOCKS[int(key, 16) % len(LOCKS)]
    with acquire_or_busy(THREADS, 0), acquire_or_busy(lock, WAIT_SECONDS):
        if (cached := read_cache(key)) is not None:
            return cast(Thing, cached)
        try:
            thing = compute()
        except OSError as error:
            logger.exception(UNABLE)
            raise RenderError(UNABLE) from error
        write_cache(key, thing)
        return thing


@contextmanager
def acquire_or_busy(lock: Lock | BoundedSemaphore, timeout: float) -> Iterator[None]:
    """Raises ``BusyError`` after so many seconds."""
    if not lock.acquire(timeout=timeout):
        raise BusyError(BUSY)
    try:
        yield
    finally:
        lock.release()


def read_cache(key: str) -> Any:
    """None also for an unreadable entry, such as a file that a power cut left short."""
    try:
        return caches["citations"].get(key)
    except Exception:
        logger.exception("A cached entry can't be read, and is computed again.")
        return None


def write_cache(key: str, thing: object) -> None:
    try:
        caches["citations"].set(key, thing)
    except OSError:
        logger.exception("The cache “citations” can't be written.")

"""A cache of computed results that all workers share; see casebase/caches/."""

import hashlib
import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock
from typing import Any, cast

from django.core.cache import caches

from casebase.caches.lookups import look_up
from casebase.conditional_get import code_fingerprint
from casebase.semaphore import BusyError
from references.styles import pandoc, style_catalogue
from references.styles.errors import RenderError

CACHE = "citations"
# What a cached result depends on, besides our code and its parameters.
VERSIONS = (pandoc.PACKAGE.version, style_catalogue.PACKAGE.version)
WAIT_SECONDS = 20
# Readers who need the same result wait for the first of them to compute it. Two
# different results may by chance share a lock.
LOCKS = [Lock() for _ in range(64)]
# How many threads of a worker may compute a result or wait for one: the others answer
# requests for pages. See gunicorn.conf.py.
THREADS = BoundedSemaphore(2)
BUSY = "Too many lists are being set. Try again in a minute."
UNABLE = "Nothing can be set in a citation style just now. Try again later."

logger = logging.getLogger(__name__)


def get_or_compute[Result](parameters: Any, compute: Callable[[], Result]) -> Result:
    """Return the cached result for the parameters, or compute and cache it.

    The parameters are serializable as JSON and determine the result. Errors are not
    cached. Raises ``BusyError`` at once if too many threads compute, or if another
    reader's computation takes too long; ``RenderError`` if this machine lacks disk
    space or a permission.
    """
    written = json.dumps([code_fingerprint(), VERSIONS, parameters], sort_keys=True)
    key = hashlib.sha256(written.encode()).hexdigest()
    if (cached := look_up(CACHE, key)) is not None:
        return cast(Result, cached)
    lock = LOCKS[int(key, 16) % len(LOCKS)]
    with acquire_or_busy(THREADS, 0), acquire_or_busy(lock, WAIT_SECONDS):
        if (cached := caches[CACHE].get(key)) is not None:
            return cast(Result, cached)
        try:
            result = compute()
        except OSError as error:
            logger.exception(UNABLE)
            raise RenderError(UNABLE) from error
        caches[CACHE].set(key, result)
        return result


@contextmanager
def acquire_or_busy(lock: Lock | BoundedSemaphore, timeout: float) -> Iterator[None]:
    """Hold the lock. Raises ``BusyError`` after ``timeout`` seconds."""
    if not lock.acquire(timeout=timeout):
        raise BusyError(BUSY, "bibliographies")
    try:
        yield
    finally:
        lock.release()

"""Makes a thing once and keeps it: in a cache that all workers of a machine share."""

import hashlib
import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock
from typing import Any, cast

from django.core.cache import caches

from casebase.conditional_get import edition
from casebase.semaphore import BusyError
from references.styles import pandoc, style_catalogue
from references.styles.errors import RenderError

# What a cached thing depends on, beside our code and what it was made of.
VERSIONS = (pandoc.PACKAGE.version, style_catalogue.PACKAGE.version)
WAIT_SECONDS = 20
# Readers who want the same thing wait for the first; now and then others share a lock.
LOCKS = [Lock() for _ in range(64)]
# Of a worker's threads so many may make a thing or wait for it: the others have pages
# to answer. See gunicorn.conf.py.
ROOM = BoundedSemaphore(2)
BUSY = "Too many lists are being set. Try again in a minute."
UNABLE = "Nothing can be set in a citation style just now. Try again later."

logger = logging.getLogger(__name__)


def kept[Thing](made_of: Any, make: Callable[[], Thing]) -> Thing:
    """What ``make`` returns, for anything that JSON can hold and that decides about it.

    Errors are not kept. Raises ``BusyError`` at once when there is no room to make it,
    and when another reader's takes long; ``RenderError`` when this machine has no room
    or right to make it.
    """
    written = json.dumps([edition(), VERSIONS, made_of], sort_keys=True).encode()
    key = hashlib.sha256(written).hexdigest()
    if (found := look_up(key)) is not None:
        return cast(Thing, found)
    with held(ROOM, 0), held(LOCKS[int(key, 16) % len(LOCKS)], WAIT_SECONDS):
        if (found := look_up(key)) is not None:
            return cast(Thing, found)
        try:
            thing = make()
        except OSError as error:
            logger.exception(UNABLE)
            raise RenderError(UNABLE) from error
        keep(key, thing)
        return thing


@contextmanager
def held(lock: Lock | BoundedSemaphore, seconds: float) -> Iterator[None]:
    if not lock.acquire(timeout=seconds):
        raise BusyError(BUSY)
    try:
        yield
    finally:
        lock.release()


def look_up(key: str) -> Any:
    """None also for what can't be read, such as a file that a power cut left short."""
    try:
        return caches["citations"].get(key)
    except Exception:
        logger.exception("What was kept can't be read, and is made anew.")
        return None


def keep(key: str, thing: object) -> None:
    try:
        caches["citations"].set(key, thing)
    except OSError:
        logger.exception("Nothing can be kept in the cache “citations”.")

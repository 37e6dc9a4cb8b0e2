"""Makes a thing once and keeps it: in a cache that all workers of a machine share."""

import hashlib
import json
import logging
from collections.abc import Callable
from threading import Lock
from typing import Any, cast

from django.core.cache import caches

from casebase import __version__
from references.styles import pandoc, shelf
from references.styles.errors import RenderBusyError

# What a cached thing depends on, beside what it was made of.
VERSIONS = (__version__, pandoc.PACKAGE.version, shelf.PACKAGE.version)
WAIT_SECONDS = 20
# Readers who want the same thing wait for the first; now and then others share a lock.
LOCKS = [Lock() for _ in range(64)]

logger = logging.getLogger(__name__)


def kept[Thing](made_of: Any, make: Callable[[], Thing]) -> Thing:
    """What ``make`` returns, for anything that JSON can hold and that decides about it.

    Errors are not kept. Raises ``RenderBusyError`` when another reader's takes long.
    """
    written = json.dumps([VERSIONS, made_of], sort_keys=True).encode()
    key = hashlib.sha256(written).hexdigest()
    if (found := look_up(key)) is not None:
        return cast(Thing, found)
    lock = LOCKS[int(key, 16) % len(LOCKS)]
    if not lock.acquire(timeout=WAIT_SECONDS):
        raise RenderBusyError("This list is still being set. Try again in a minute.")
    try:
        if (found := look_up(key)) is not None:
            return cast(Thing, found)
        thing = make()
        keep(key, thing)
        return thing
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

"""Reads and writes caches in files, which may be damaged or on a full disk."""

import logging
from typing import Any

from django.core.cache import caches

from casebase.monitoring.metrics import count_lookup

logger = logging.getLogger(__name__)


def read_cache(name: str, key: str) -> Any:
    """Return the cached result, or None.

    Also None for an unreadable file, such as one that a power cut truncated.
    """
    try:
        result = caches[name].get(key)
    except Exception:
        logger.exception("A cached entry can't be read, and is computed again.")
        result = None
    count_lookup(name, is_hit=result is not None)
    return result


def write_cache(name: str, key: str, result: object) -> None:
    """Cache the result, unless the disk is full or refuses."""
    try:
        caches[name].set(key, result)
    except OSError:
        logger.exception("The cache “%s” can't be written.", name)

"""Looks entries up, and counts how often they are there."""

from typing import Any

from django.core.cache import caches

from casebase.monitoring.metrics import count_lookup


def look_up(name: str, key: str) -> Any:
    """Return the entry of the cache of this name, or None."""
    entry = caches[name].get(key)
    count_lookup(name, is_hit=entry is not None)
    return entry

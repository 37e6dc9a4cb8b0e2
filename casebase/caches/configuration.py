"""Django's setting CACHES: on this machine alone, or shared by several."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from redis.connection import parse_url

from casebase.environment import read_text

LOCMEM = "django.core.cache.backends.locmem.LocMemCache"
FILES = "casebase.caches.file_cache.FileCache"
TWO_LEVELS = "casebase.caches.two_levels.TwoLevelCache"
DAY_SECONDS = 24 * 60 * 60
# Names of shared caches, with the entries that each process has in its own memory, and
# the seconds for which the server has them, because their keys change with the records.
# - answers: pages, compressed to about 20 kB. Their keys change with the day, too.
# - citations: bibliographies, up to 1 MB, and the index of citation styles
# - cards: social cards
SHARED = {
    "answers": (250, DAY_SECONDS),
    "citations": (20, 30 * DAY_SECONDS),
    "cards": (20, 30 * DAY_SECONDS),
}


def configure_caches(folder: Path) -> dict[str, dict[str, Any]]:
    """Return CACHES, shared on the server at CACHE_URL if it is set.

    ``folder`` is for caches in files. Raises ImproperlyConfigured for another kind of
    address.
    """
    url = read_text("CACHE_URL")
    caches = shared_caches(url) if url else local_caches(folder)
    return {"default": {"BACKEND": LOCMEM}, **caches}


def local_caches(folder: Path) -> Mapping[str, dict[str, Any]]:
    # Files are renamed when they are complete.
    files = {"BACKEND": FILES, "TIMEOUT": None, "OPTIONS": {"MAX_ENTRIES": 2_000}}
    return {
        "answers": {
            "BACKEND": LOCMEM,
            "LOCATION": "answers",
            "TIMEOUT": None,
            "OPTIONS": {"MAX_ENTRIES": SHARED["answers"][0]},
        },
        "citations": files | {"LOCATION": folder / "citations"},
        "cards": files | {"LOCATION": folder / "cards"},
    }


def shared_caches(url: str) -> Mapping[str, dict[str, Any]]:
    try:
        parse_url(url)  # type: ignore[no-untyped-call]
    except ValueError:
        # The URL may contain a password, so the message does not repeat it.
        raise ImproperlyConfigured(
            "CACHE_URL must be the address of a server that speaks Redis’s protocol, "
            "as in redis://:password@host:6379/0; rediss:// encrypts."
        ) from None
    return {
        name: {
            "BACKEND": TWO_LEVELS,
            "LOCATION": url,
            "KEY_PREFIX": name,
            "TIMEOUT": seconds,
            "OPTIONS": {"MAX_ENTRIES": entries},
        }
        for name, (entries, seconds) in SHARED.items()
    }

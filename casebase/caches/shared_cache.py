"""A cache on a server, which may fail at any time without anybody noticing."""

from functools import cache
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import ResponseError

from casebase.caches.outage import Outage

# To connect, and for each answer. On a network of machines both take a millisecond.
TIMEOUT_SECONDS = 0.5
OPTIONS = {
    "serializer": "casebase.caches.signed_pickle.SignedPickle",
    "socket_connect_timeout": TIMEOUT_SECONDS,
    "socket_timeout": TIMEOUT_SECONDS,
}


class SharedCache(RedisCache):
    """Django's cache on Redis or Valkey. If the server fails, it is an empty cache.

    It is one object for all threads of a process.
    """

    def __init__(self, url: str) -> None:
        super().__init__([url], {"KEY_PREFIX": "casebase", "OPTIONS": OPTIONS})
        self.reading, self.writing = Outage("read"), Outage("written")

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        if not self.reading.may_try():
            return default
        try:
            value = super().get(key, default, version)
        except Exception as error:
            self.reading.begin(error)
            return default
        self.reading.end()
        return value

    def set(
        self,
        key: str,
        value: object,
        timeout: Any = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> None:
        if self.reading.is_on or not self.writing.may_try():
            return
        try:
            super().set(key, value, timeout, version)
        except Exception as error:
            self._outage_after(error).begin(error)
        else:
            self.writing.end()

    def _outage_after(self, error: Exception) -> Outage:
        """Return what to do without: a server that refuses to write, being full for
        example, may still be read.
        """
        return self.writing if isinstance(error, ResponseError) else self.reading


@cache
def shared_cache(url: str) -> SharedCache:
    """Return the cache on this server: one for each process."""
    return SharedCache(url)

"""A cache in the memory of the process, and behind it one that machines share."""

from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.core.cache.backends.locmem import LocMemCache

from casebase.caches.shared_cache import shared_cache


class TwoLevelCache(BaseCache):
    """Reads from memory first, then from the server at the URL in ``LOCATION``.

    ``KEY_PREFIX`` names the cache, and MAX_ENTRIES limits its entries in memory. There
    is only ``get`` and ``set``, because other processes would not notice that an entry
    was changed or deleted. None is not a value.
    """

    def __init__(self, url: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self.memory = LocMemCache(self.key_prefix, params)
        self.server = shared_cache(url)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        key = self.make_and_validate_key(key, version)
        if (value := self.memory.get(key)) is not None:
            return value
        if (value := self.server.get(key)) is None:
            return default
        self.memory.set(key, value)
        return value

    def set(
        self,
        key: str,
        value: object,
        timeout: Any = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> None:
        key = self.make_and_validate_key(key, version)
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        self.memory.set(key, value, seconds)
        self.server.set(key, value, seconds)

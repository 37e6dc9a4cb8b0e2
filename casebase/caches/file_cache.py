"""A cache in files, which may be damaged or on a full disk."""

import logging
from contextlib import suppress
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache

logger = logging.getLogger(__name__)


class FileCache(FileBasedCache):
    """Django's cache in files. Files that can't be read or written are logged."""

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        try:
            return super().get(key, default, version)
        except Exception:
            # For example a file that a power cut truncated.
            logger.exception("A cached entry can't be read, and is computed again.")
            return default

    def set(
        self,
        key: str,
        value: object,
        timeout: Any = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> None:
        try:
            super().set(key, value, timeout, version)
        except OSError:
            logger.exception("The cache in %s can't be written.", self._dir)

    def _createdir(self) -> None:
        with suppress(OSError):
            super()._createdir()

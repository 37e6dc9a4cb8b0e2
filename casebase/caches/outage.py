"""Outages of a server: known to all threads of this process, and logged once."""

import logging
from threading import Lock
from time import monotonic

# How long after a failure nobody asks the server again.
PAUSE_SECONDS = 10

logger = logging.getLogger(__name__)


class Outage:
    """Tells whether to ask a server that may be away.

    During an outage only one thread asks, after each pause. So however many readers
    there are, one at a time waits for a server that does not answer. ``action`` is what
    can't be done: “read”.
    """

    def __init__(self, action: str) -> None:
        self.action = action
        self._lock = Lock()
        # Since the clock's start; None if there is no outage.
        self._next_attempt: float | None = None

    @property
    def is_on(self) -> bool:
        return self._next_attempt is not None

    def may_try(self) -> bool:
        """Return whether this thread may ask the server now."""
        if not self.is_on:
            return True
        with self._lock:
            if self._next_attempt is None:
                return True
            if monotonic() < self._next_attempt:
                return False
            self._next_attempt = monotonic() + PAUSE_SECONDS
            return True

    def begin(self, error: Exception) -> None:
        """Note that the server has failed."""
        with self._lock:
            is_first = not self.is_on
            self._next_attempt = monotonic() + PAUSE_SECONDS
        if is_first:
            logger.error("The cache server can't be %s: %s", self.action, error)

    def end(self) -> None:
        """Note that the server has answered."""
        if not self.is_on:
            return
        with self._lock:
            was_on, self._next_attempt = self.is_on, None
        if was_on:
            logger.warning("The cache server can be %s again.", self.action)

"""Throttling of requests: one at a time to a host, with a pause after each.

The pause is longer when the server is overloaded and asks for more time.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from time import monotonic


@dataclass
class HostThrottle:
    """The lock of one host, and the earliest time of its next request.

    ``free_at`` is in seconds of the monotonic clock. A closed host gets no more
    requests in this run.
    """

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at: float = 0
    is_closed: bool = False


@dataclass(frozen=True)
class ThrottleSettings:
    """The pauses, in seconds, and the number of attempts on an overloaded server.

    The pause ``when_overloaded`` doubles with each attempt. A server that needs a pause
    of more than ``max_pause`` is closed.
    """

    between_requests: float = 1
    when_overloaded: float = 5
    max_pause: float = 60
    max_attempts: int = 3


class HostThrottles:
    """The throttles of all hosts of one run. ``by_host``: host → its throttle."""

    def __init__(self, settings: ThrottleSettings):
        self.settings = settings
        self.by_host: defaultdict[str, HostThrottle] = defaultdict(HostThrottle)

    @asynccontextmanager
    async def acquire(self, host: str) -> AsyncIterator[HostThrottle]:
        """Wait until the host may get a request, and lock it for that request."""
        throttle = self.by_host[host]
        async with throttle.lock:
            await asyncio.sleep(throttle.free_at - monotonic())
            try:
                yield throttle
            finally:
                free_at = monotonic() + self.settings.between_requests
                throttle.free_at = max(throttle.free_at, free_at)

    def back_off(self, host: str, retry_after: str, attempt: int) -> bool:
        """Set the pause of an overloaded host; return whether to send a retry.

        The pause is what the header Retry-After asks for, if it can be read.
        """
        pause = parse_retry_after(retry_after, datetime.now(UTC))
        if pause is None:
            pause = self.settings.when_overloaded * 2**attempt
        throttle = self.by_host[host]
        if pause > self.settings.max_pause:
            throttle.is_closed = True
        free_at = monotonic() + min(pause, self.settings.max_pause)
        throttle.free_at = max(throttle.free_at, free_at)
        return not throttle.is_closed and attempt + 1 < self.settings.max_attempts


def parse_retry_after(retry_after: str, now: datetime) -> float | None:
    """Return the seconds that a header Retry-After asks for, or None if it is invalid.

    The header has a number of seconds or a date (RFC 9110, section 10.2.3).
    """
    if retry_after.isascii() and retry_after.isdigit():
        # Ten digits are three hundred years.
        return float(retry_after[:10])
    try:
        date = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    # A date with -0000 has no time zone, but HTTP dates are always in GMT.
    return max(0, (date.replace(tzinfo=UTC) - now).total_seconds())

"""Manners: one request at a time to a server, a pause after it, longer when asked."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from time import monotonic


@dataclass
class Turn:
    """Whose turn it is at one server, and from when on it may be asked again."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at: float = 0
    is_closed: bool = False


@dataclass(frozen=True)
class Pauses:
    """Seconds: after each request, and when a server is overloaded; then twice as long
    each time, but not longer than the longest, which ends the visit to that server.
    """

    between: float = 1
    overloaded: float = 5
    longest: float = 60
    attempts: int = 3


class Turns:
    """The servers of one run, by their names."""

    def __init__(self, pauses: Pauses):
        self.pauses = pauses
        self.of: defaultdict[str, Turn] = defaultdict(Turn)

    @asynccontextmanager
    async def at(self, host: str) -> AsyncIterator[Turn]:
        turn = self.of[host]
        async with turn.lock:
            await asyncio.sleep(turn.free_at - monotonic())
            try:
                yield turn
            finally:
                turn.free_at = max(turn.free_at, monotonic() + self.pauses.between)

    def back_off(self, host: str, retry_after: str, attempt: int) -> bool:
        """Whether the server is to be asked again, after as long as it wants."""
        doubled = self.pauses.overloaded * 2**attempt
        wanted = seconds_of(retry_after, datetime.now(UTC))
        wait = doubled if wanted is None else wanted
        turn = self.of[host]
        if wait > self.pauses.longest:
            turn.is_closed = True
        turn.free_at = max(turn.free_at, monotonic() + min(wait, self.pauses.longest))
        return not turn.is_closed and attempt + 1 < self.pauses.attempts


def seconds_of(retry_after: str, now: datetime) -> float | None:
    """What the header says (RFC 9110, section 10.2.3); None for what it may not say."""
    if retry_after.isascii() and retry_after.isdigit():
        # Ten figures are three hundred years.
        return float(retry_after[:10])
    try:
        then = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    # A date with -0000 has no zone of its own; HTTP dates are of GMT all the same.
    return max(0, (then.replace(tzinfo=UTC) - now).total_seconds())

"""Rate limits: for one IP address and for all, in an hour.

The counts are in the database, so that all worker processes share them. Addresses are
stored as keyed hashes, which change every hour. The first count of a new hour deletes
those of the hours before.
"""

import time
from dataclasses import dataclass

from django.db.models import F
from django.utils.crypto import salted_hmac

from casebase.rate_limits.models import Tally

HOUR_SECONDS = 60 * 60


@dataclass(frozen=True)
class RateLimit:
    """How often something may be sent in an hour. ``name`` says what: “suggestions”."""

    name: str
    per_address: int
    in_all: int

    def is_exhausted(self, origin: str | None) -> bool:
        """Return whether the address has reached a limit. One query, no write."""
        limits = self._by_key(origin)
        counts = Tally.objects.filter(hour=current_hour(), key__in=limits)
        return any(n >= limits[key] for key, n in counts.values_list("key", "n"))

    def try_acquire(self, origin: str | None) -> bool:
        """Count one from the address. Return False if it is over a limit."""
        hour, limits = current_hour(), self._by_key(origin)
        return all(try_increment(key, hour, limit) for key, limit in limits.items())

    def _by_key(self, origin: str | None) -> dict[str, int]:
        """Return key of a tally → limit: for the address, and for all."""
        salt, message = f"{self.name}.flood", f"{current_hour()} {origin}"
        hashed = salted_hmac(salt, message, algorithm="sha256").hexdigest()[:32]
        return {
            f"{self.name}:{hashed}": self.per_address,
            f"{self.name}:all": self.in_all,
        }


def current_hour() -> int:
    return int(time.time()) // HOUR_SECONDS


def try_increment(key: str, hour: int, limit: int) -> bool:
    """Add one to the tally. Return False if it has reached the limit."""
    tally, is_first = Tally.objects.get_or_create(key=key, hour=hour)
    if is_first:
        Tally.objects.filter(hour__lt=hour).delete()
    below_limit = Tally.objects.filter(pk=tally.pk, n__lt=limit)
    return bool(below_limit.update(n=F("n") + 1))


def seconds_until_reset() -> int:
    """Return the seconds until the counts start from zero again."""
    return HOUR_SECONDS - int(time.time()) % HOUR_SECONDS

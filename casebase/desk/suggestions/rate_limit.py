"""Rate limits of suggestions: for one IP address and for all, in an hour.

The counts are in the database, so that all worker processes share them. Addresses are
stored as keyed hashes, which change every hour. The first suggestion of a new hour
deletes the counts of the hours before.
"""

import time

from django.conf import settings
from django.db.models import F
from django.utils.crypto import salted_hmac

from casebase.desk.suggestions.models import Tally

HOUR_SECONDS = 60 * 60


def is_exhausted(origin):
    """Return whether the address has reached a limit. Takes one query, no write."""
    limits = limits_for(origin)
    counts = Tally.objects.filter(hour=current_hour(), key__in=limits)
    return any(n >= limits[key] for key, n in counts.values_list("key", "n"))


def try_acquire(origin):
    """Count a suggestion from the address. Return False if it is over a limit."""
    hour = current_hour()
    return all(
        try_increment(key, hour, limit) for key, limit in limits_for(origin).items()
    )


def limits_for(origin):
    """Return key of a tally → limit: for the address, and for all."""
    salt, message = "suggestions.flood", f"{current_hour()} {origin}"
    hashed = salted_hmac(salt, message, algorithm="sha256").hexdigest()[:32]
    return {
        hashed: settings.SUGGESTIONS_PER_ADDRESS,
        "all": settings.SUGGESTIONS_PER_HOUR,
    }


def current_hour():
    return int(time.time()) // HOUR_SECONDS


def try_increment(key, hour, limit):
    """Add one to the tally. Return False if it has reached the limit."""
    tally, is_first = Tally.objects.get_or_create(key=key, hour=hour)
    if is_first:
        Tally.objects.filter(hour__lt=hour).delete()
    below_limit = Tally.objects.filter(pk=tally.pk, n__lt=limit)
    return bool(below_limit.update(n=F("n") + 1))


def seconds_until_reset():
    """Return the seconds until the counts start from zero again."""
    return HOUR_SECONDS - int(time.time()) % HOUR_SECONDS

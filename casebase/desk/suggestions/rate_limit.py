"""Rate limits of suggestions: from one address and altogether, in an hour.

The counts are in the database, for all workers. Of an address only a keyed hash is
kept, another one every hour; the first suggestion of a new hour deletes those before.
"""

import time

from django.conf import settings
from django.db.models import F
from django.utils.crypto import salted_hmac

from casebase.desk.suggestions.models import Tally

HOUR = 60 * 60


def is_exhausted(origin):
    """Whether the address may send no more in this hour. One query, and no write."""
    limits = limits_for(origin)
    counts = Tally.objects.filter(hour=this_hour(), key__in=limits)
    return any(n >= limits[key] for key, n in counts.values_list("key", "n"))


def try_acquire(origin):
    """Count a suggestion from the address. False if the limit was reached meanwhile."""
    hour = this_hour()
    return all(increment(key, hour, limit) for key, limit in limits_for(origin).items())


def limits_for(origin):
    salt, moment = "suggestions.flood", f"{this_hour()} {origin}"
    hashed = salted_hmac(salt, moment, algorithm="sha256").hexdigest()[:32]
    return {
        hashed: settings.SUGGESTIONS_PER_ADDRESS,
        "all": settings.SUGGESTIONS_PER_HOUR,
    }


def this_hour():
    return int(time.time()) // HOUR


def increment(key, hour, limit):
    """Add one to the tally. False if the limit is reached."""
    tally, is_first = Tally.objects.get_or_create(key=key, hour=hour)
    if is_first:
        Tally.objects.filter(hour__lt=hour).delete()
    room = Tally.objects.filter(pk=tally.pk, n__lt=limit)
    return bool(room.update(n=F("n") + 1))


def seconds_left():
    """The seconds until the counts begin anew."""
    return HOUR - int(time.time()) % HOUR

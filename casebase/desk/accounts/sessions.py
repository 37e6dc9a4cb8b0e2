"""How long a sign-in lasts: an hour's idleness ends it, and so does a day's end."""

import time
from contextlib import suppress
from datetime import timedelta

from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.utils import timezone

from casebase.change_tracking.lock_timeout import waiting
from casebase.desk.accounts import audit_log, lockout
from casebase.desk.accounts.models import Event
from casebase.desk.accounts.second_factor import owes_code

SEEN = "seen"
# So often at most a session is written because someone reads on.
SECONDS_BETWEEN_NOTES = 60


def begin(request, user, **_):
    """Django has opened a session for who gave the right password."""
    age = timedelta(seconds=settings.SESSION_COOKIE_AGE)
    # A moment, not a span, which every change of the session would begin anew.
    request.session.set_expiry(timezone.now() + age)
    request.session[SEEN] = int(time.time())
    if owes_code(user):
        audit_log.note(Event.Kind.PASSWORD_GIVEN, who=user.get_username())
    else:
        complete(request, user, "with a password alone")


def complete(request, user, how):
    lockout.forgive(request, user)
    audit_log.note(Event.Kind.SIGNED_IN, who=user.get_username(), detail=how)
    Event.objects.forget_origins()


def is_idle(session):
    """Whether nobody has been here for too long; if not, someone is now."""
    now = int(time.time())
    idle = now - session.get(SEEN, 0)
    if SECONDS_BETWEEN_NOTES < idle <= settings.SESSION_IDLE_SECONDS:
        # Kept by ``keep``: Django would have who only reads wait for who writes.
        is_modified, session[SEEN] = session.modified, now
        session.modified, session.is_noted = is_modified, True
    return idle > settings.SESSION_IDLE_SECONDS


def keep(session):
    """Write that someone is here; while others write, one of the next pages does."""
    if getattr(session, "is_noted", False) and not session.modified:
        # Of a session that was ended meanwhile, nothing is kept.
        with suppress(UpdateError), waiting(0):
            session.save()

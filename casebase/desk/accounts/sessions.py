"""The start and the end of sessions, which expire by age or when idle."""

import time
from contextlib import suppress
from datetime import timedelta

from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.utils import timezone

from casebase.change_tracking.lock_timeout import write_lock_timeout
from casebase.desk.accounts import audit_log, lockout
from casebase.desk.accounts.models import Event
from casebase.desk.accounts.second_factor import owes_code

# The session's key of the time of the latest request.
LAST_SEEN = "seen"
# Minimum interval between two writes of a session by requests that only read.
SECONDS_BETWEEN_WRITES = 60


def start_session(request, user, **_):
    """Set up the session of a user who has given the right password."""
    age = timedelta(seconds=settings.SESSION_COOKIE_AGE)
    # A fixed time; with a time span, each change of the session would prolong it.
    request.session.set_expiry(timezone.now() + age)
    request.session[LAST_SEEN] = int(time.time())
    if owes_code(user):
        audit_log.log_event(Event.Kind.PASSWORD_GIVEN, who=user.get_username())
    else:
        complete_sign_in(request, user, "with a password alone")


def complete_sign_in(request, user, how):
    """Log the sign-in, delete failures, and clear old addresses in the log."""
    lockout.reset_failures(request, user)
    audit_log.log_event(Event.Kind.SIGNED_IN, who=user.get_username(), detail=how)
    Event.objects.clear_old_origins()


def is_idle(session):
    """Return whether the latest request is too long ago. If not, record this one."""
    now = int(time.time())
    idle = now - session.get(LAST_SEEN, 0)
    if SECONDS_BETWEEN_WRITES < idle <= settings.SESSION_IDLE_SECONDS:
        # ``save_activity`` saves it without waiting for the lock, as Django would.
        is_modified, session[LAST_SEEN] = session.modified, now
        session.modified, session.has_activity = is_modified, True
    return idle > settings.SESSION_IDLE_SECONDS


def save_activity(session):
    """Save the time of this request, unless the database is locked."""
    if getattr(session, "has_activity", False) and not session.modified:
        # A session that has been ended since can't be updated.
        with suppress(UpdateError), write_lock_timeout(0):
            session.save()

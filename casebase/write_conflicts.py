"""Two people write at once what only one of them can: the second is told so.

Whatever is checked before it is written may have changed in between, and the database
then refuses it. On PostgreSQL two writers may also wait for each other, of whom one is
sent away: https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-DEADLOCKS
"""

import logging

from django.db import IntegrityError, OperationalError
from django.shortcuts import render

logger = logging.getLogger(__name__)

# The codes of SQLSTATE for a deadlock and for a serialization failure.
SENT_AWAY = {"40P01", "40001"}


class AnswerConflicts:
    """Turns what the database refuses of a request into 409, with words."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        return conflict(request, exception) if is_conflict(exception) else None


def is_conflict(exception):
    """Whether the database refused this because of what it holds by now."""
    cause = getattr(exception.__cause__, "sqlstate", None)
    is_sent_away = isinstance(exception, OperationalError) and cause in SENT_AWAY
    return is_sent_away or isinstance(exception, IntegrityError)


def conflict(request, exception):
    """409; the transaction must be rolled back. A fault of ours is in the log."""
    logger.error("Refused by the database: %s", request.path, exc_info=exception)
    response = render(request, "409.html", status=409)
    response["Cache-Control"] = "no-store"
    return response

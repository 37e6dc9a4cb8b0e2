"""Answers 409 when two people write at once what only one of them can.

What was checked before it is written may have changed in between, and the database then
refuses it. On PostgreSQL two writers may also wait for each other, and the database
cancels one of them:
https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-DEADLOCKS
"""

import logging

from django.db import IntegrityError, OperationalError
from django.shortcuts import render

logger = logging.getLogger(__name__)

# The codes of SQLSTATE for a deadlock and for a serialization failure.
CANCELLED = {"40P01", "40001"}


class WriteConflictMiddleware:
    """Answers a view's write that the database refuses with 409 and an explanation."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        is_refused = is_conflict(exception)
        return conflict_response(request, exception) if is_refused else None


def is_conflict(exception):
    """Whether the database refused a write because of what it holds by now."""
    cause = getattr(exception.__cause__, "sqlstate", None)
    is_cancelled = isinstance(exception, OperationalError) and cause in CANCELLED
    return is_cancelled or isinstance(exception, IntegrityError)


def conflict_response(request, exception):
    """409. It is logged, because it may be a fault of ours.

    The caller has to roll the transaction back.
    """
    logger.error("Refused by the database: %s", request.path, exc_info=exception)
    response = render(request, "409.html", status=409)
    response["Cache-Control"] = "no-store"
    return response

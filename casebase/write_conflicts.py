"""Responds with 409 to writes that conflict with those of somebody else.

Data may change between being validated and being written, so that the database rejects
them. On PostgreSQL two writers may also wait for each other, and the database cancels
one of them:
https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-DEADLOCKS
"""

import logging
from collections.abc import Callable

from django.db import IntegrityError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

logger = logging.getLogger(__name__)

# SQLSTATE codes of a deadlock and of a serialization failure.
CANCELLED_CODES = {"40P01", "40001"}


class WriteConflictMiddleware:
    """Responds with 409 when the database rejects a write of a view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        if is_conflict(exception):
            return conflict_response(request, exception)
        return None


def is_conflict(exception: Exception) -> bool:
    """Whether the database rejected a write because of another one."""
    code = getattr(exception.__cause__, "sqlstate", None)
    is_cancelled = isinstance(exception, OperationalError) and code in CANCELLED_CODES
    return is_cancelled or isinstance(exception, IntegrityError)


def conflict_response(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Return 409 and log the error, which may also be caused by a bug.

    The caller has to roll back the transaction.
    """
    logger.error("Refused by the database: %s", request.path, exc_info=exception)
    response = render(request, "409.html", status=409)
    response["Cache-Control"] = "no-store"
    return response

"""Responds to temporary errors with 503 and the time after which to try again."""

import logging
import sys
from collections.abc import Callable

from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.defaults import server_error

from casebase.database_availability import is_unavailable
from casebase.semaphore import BusyError
from casebase.unapplied_migrations import is_waiting_for_migrate

RETRY_SECONDS = 10
NO_DATABASE = "The database does not answer just now. Nothing in it is lost."
NOT_MIGRATED = "The site is being upgraded. Nothing in it is lost."
NO_DISK = "A file that is needed for this can’t be read or written just now."
# The packages whose errors mean that there is no bucket, if files are in one.
BUCKET_CLIENT = {"boto3", "botocore", "s3transfer"}

logger = logging.getLogger(__name__)


class OverloadMiddleware:
    """Responds to a temporary error of a view with 503. Pages reload themselves."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        message = temporary_error_message(exception)
        return busy_response(request, message) if message else None


def handle_server_error(request: HttpRequest) -> HttpResponse:
    """Respond to an error outside of views with 503 if it is temporary, else 500."""
    message = temporary_error_message(sys.exc_info()[1])
    return busy_response(request, message) if message else server_error(request)


def temporary_error_message(error: BaseException | None) -> str | None:
    """Return the message for readers if the error is temporary, or None."""
    if isinstance(error, BusyError):
        return str(error)
    is_of_database = isinstance(error, Error) and is_unavailable(error)
    if not is_of_database and is_waiting_for_migrate(error):
        logger.error("Answered with 503 until migrate has run: %s", error)
        return NOT_MIGRATED
    if not is_of_database and not is_of_storage(error):
        return None
    # The error is only logged, because it may name hosts, users and files. A file error
    # is logged with its traceback, because it may be a bug.
    traceback = None if is_of_database else error
    logger.error("Answered with 503: %s", error, exc_info=traceback)
    return NO_DATABASE if is_of_database else NO_DISK


def is_of_storage(error: BaseException | None) -> bool:
    package = type(error).__module__.partition(".")[0]
    return isinstance(error, OSError) or package in BUCKET_CLIENT


def busy_response(request: HttpRequest, message: str) -> HttpResponse:
    """Return 503. Pages reload themselves; readers have to send forms again."""
    fields = fields_to_resend(request)
    context = {"message": message, "seconds": RETRY_SECONDS, "fields": fields}
    response = render(request, "503.html", context, status=503)
    response["Retry-After"] = str(RETRY_SECONDS)
    if request.method != "POST":
        response["Refresh"] = str(RETRY_SECONDS)
    response["Cache-Control"] = "no-store"
    return response


def give_form_back[View: Callable[..., HttpResponse]](view: View) -> View:
    """Mark a view whose form is given back by a busy site, to be sent again.

    Browsers forget what was typed on a page that they may not store.
    """
    # A function may have attributes of its own, which mypy does not know.
    view.gives_form_back = True  # type: ignore[attr-defined]
    return view


def fields_to_resend(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the fields of the form of a view that was marked."""
    view = getattr(request.resolver_match, "func", None)
    if not getattr(view, "gives_form_back", False):
        return []
    return [(name, text) for name, texts in request.POST.lists() for text in texts]

"""Answers 503 to what can't be done just now: the reader hears when to come back."""

import logging
import sys

from django.shortcuts import render
from django.views.defaults import server_error

from casebase.database_availability import is_away
from casebase.semaphore import BusyError

RETRY_SECONDS = 10
NO_DATABASE = "The database does not answer just now. Nothing in it is lost."
NO_DISK = "A file that is needed for this can’t be read or written just now."

logger = logging.getLogger(__name__)


class OverloadMiddleware:
    """Answers a temporary error of a view with 503; a page then reloads itself."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        message = temporary_error_message(exception)
        return busy_response(request, message) if message else None


def handle_server_error(request):
    """The handler of errors outside of views: 503 for a temporary one, else 500."""
    message = temporary_error_message(sys.exc_info()[1])
    return busy_response(request, message) if message else server_error(request)


def temporary_error_message(error):
    """What readers are told of an error that passes by itself; None for any other."""
    if isinstance(error, BusyError):
        return str(error)
    is_of_database = is_away(error)
    if not is_of_database and not isinstance(error, OSError):
        return None
    # The reason is only logged, for it may name hosts, users and files. An error of a
    # file is logged with its traceback, for it may be a mistake of ours.
    traceback = None if is_of_database else error
    logger.error("Answered with 503: %s", error, exc_info=traceback)
    return NO_DATABASE if is_of_database else NO_DISK


def busy_response(request, message):
    """503. A page reloads itself; a form has to be sent again by the reader."""
    context = {"message": message, "seconds": RETRY_SECONDS}
    response = render(request, "503.html", context, status=503)
    response["Retry-After"] = str(RETRY_SECONDS)
    if request.method != "POST":
        response["Refresh"] = str(RETRY_SECONDS)
    response["Cache-Control"] = "no-store"
    return response

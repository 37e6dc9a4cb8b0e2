"""What can't be done just now: the reader is told so, and when to come back."""

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


class AnswerWhenBusy:
    """Turns what passes by itself into 503; a page then asks again by itself."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        complaint = complaint_of(exception)
        return complaint and busy(request, complaint)


def answer_failure(request):
    """503 for what passes and befell no view, but what stands around it; else 500."""
    complaint = complaint_of(sys.exc_info()[1])
    return busy(request, complaint) if complaint else server_error(request)


def complaint_of(error):
    """What to tell of an error that passes by itself; None of any other."""
    if isinstance(error, BusyError):
        return str(error)
    is_of_database = is_away(error)
    if not is_of_database and not isinstance(error, OSError):
        return None
    # The reason goes to the log, for it may name hosts, users and files; that of a file
    # with its place in the code, for it may be a mistake of ours.
    place = None if is_of_database else error
    logger.error("Answered with 503: %s", error, exc_info=place)
    return NO_DATABASE if is_of_database else NO_DISK


def busy(request, complaint):
    """503. A page asks again by itself; a form is sent again by who filled it in."""
    context = {"complaint": complaint, "seconds": RETRY_SECONDS}
    response = render(request, "503.html", context, status=503)
    response["Retry-After"] = str(RETRY_SECONDS)
    if request.method != "POST":
        response["Refresh"] = str(RETRY_SECONDS)
    response["Cache-Control"] = "no-store"
    return response

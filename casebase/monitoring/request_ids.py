"""Request ids: one word that finds all that was logged of a request.

It is in each line of the log, in the header X-Request-ID of the response and on pages
about errors, where readers can quote it.
"""

import re
import secrets
from collections.abc import Callable
from contextvars import ContextVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse

HEADER = "X-Request-ID"
VALID_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")

_current: ContextVar[str] = ContextVar("request_id", default="")


def current_request_id() -> str:
    """Return the id of the request that this thread answers, or answered last.

    So what is logged while a response is sent has it, too. "" outside of requests.
    """
    return _current.get()


def add_request_id(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware that gives the request an id, and names it in the response."""

    def respond(request: HttpRequest) -> HttpResponse:
        request_id = id_of_proxy(request) or secrets.token_hex(6)
        _current.set(request_id)
        response = get_response(request)
        response[HEADER] = request_id
        return response

    return respond


def id_of_proxy(request: HttpRequest) -> str:
    """Return the id that a proxy in front of the site gave the request, or ""."""
    sent = request.headers.get(HEADER, "") if settings.BEHIND_PROXY else ""
    return sent if VALID_ID.fullmatch(sent) else ""

"""The WSGI application that gunicorn serves."""

import os
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIEnvironment

from django.core.exceptions import BadRequest
from django.core.wsgi import get_wsgi_application

from casebase import response_headers

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casebase.settings")

respond = get_wsgi_application()
# The headers of a response that no middleware sees.
HEADERS = response_headers.HEADERS | {
    "Content-Type": "text/plain; charset=utf-8",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
}


def application(
    environ: WSGIEnvironment, start_response: StartResponse
) -> Iterable[bytes]:
    """Respond as Django does, but with 400 if it can't parse the request.

    Django raises an error if a header names an encoding that is not a text encoding.
    """
    try:
        return respond(environ, start_response)
    except (BadRequest, LookupError, UnicodeError):
        start_response("400 Bad Request", [*HEADERS.items()])
        return [b"The Content-Type of this request can not be read.\n"]

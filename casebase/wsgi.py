"""Where gunicorn meets the site."""

import os

from django.core.exceptions import BadRequest
from django.core.wsgi import get_wsgi_application

from casebase import response_headers

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casebase.settings")

respond = get_wsgi_application()
# No middleware sees this answer.
HEADERS = response_headers.HEADERS | {
    "Content-Type": "text/plain; charset=utf-8",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
}


def application(environ, start_response):
    """Django's, save that it lets out what it can't make a request of.

    Of what a header names as an encoding, Python knows some that are none of texts.
    """
    try:
        return respond(environ, start_response)
    except (BadRequest, LookupError, UnicodeError):
        start_response("400 Bad Request", [*HEADERS.items()])
        return [b"The Content-Type of this request can not be read.\n"]

"""Where gunicorn meets the site."""

import os

from django.core.exceptions import BadRequest
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casebase.settings")

respond = get_wsgi_application()


def application(environ, start_response):
    """Django's, save that it lets out what it can't make a request of.

    Of what a header names as an encoding, Python knows some that are none of texts.
    """
    try:
        return respond(environ, start_response)
    except (BadRequest, LookupError, UnicodeError):
        kind = ("Content-Type", "text/plain; charset=utf-8")
        start_response("400 Bad Request", [kind, ("Cache-Control", "no-store")])
        return [b"The Content-Type of this request can not be read.\n"]

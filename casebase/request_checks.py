"""Rejects invalid requests before anything of them is read, looked up or locked."""

import codecs

from django.conf import settings
from django.http import HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render

from casebase.unsaved_forms import COOKIE

METHODS = ("GET", "HEAD", "OPTIONS", "POST")
# Bytes of a form. A suggestion with every field full, in any script, has fewer; and so
# have the files that curators upload.
MAX_FORM_BYTES, MAX_CURATOR_FORM_BYTES = 64_000, 25_000_000
PLAIN = "text/plain; charset=utf-8"


def reject_invalid_requests(get_response):
    """Middleware: 405 for a method that no page has, 413 for a form that is too large.

    And 415 for a form that is not in UTF-8, because some encodings that Python knows
    are not encodings of text.
    """

    def respond(request):
        if request.method not in METHODS:
            words = f"Pages here know {', '.join(METHODS)}, and no other method.\n"
            return HttpResponseNotAllowed(METHODS, words, content_type=PLAIN)
        if content_length_of(request) > max_form_bytes(request):
            return reject_form(request, 413)
        if request.method == "POST" and not is_in_utf_8(request):
            words = "Forms here are sent in UTF-8, and in no other encoding.\n"
            return HttpResponse(words, content_type=PLAIN, status=415)
        # Addresses are read in the same way, whatever a header says of the body.
        request.encoding = settings.DEFAULT_CHARSET
        return get_response(request)

    return respond


def is_in_utf_8(request):
    """As its header says. Django reads an encoding unknown to Python as UTF-8, too."""
    return codecs.lookup(request.encoding or "utf-8").name == "utf-8"


def content_length_of(request):
    """As its header says, in bytes; 0 without one, for Django then reads no body."""
    header = request.META.get("CONTENT_LENGTH") or ""
    return int(header) if header.isdecimal() else 0


def max_form_bytes(request):
    """More for a browser with a sign-in, even one that has ended: it may send files."""
    is_known = {settings.SESSION_COOKIE_NAME, COOKIE} & request.COOKIES.keys()
    return MAX_CURATOR_FORM_BYTES if is_known else MAX_FORM_BYTES


def reject_form(request, status, *, retry_after=None):
    """The page of a form that is not accepted.

    ``retry_after`` is the number of seconds to wait, if waiting helps.
    """
    context = {"minutes": retry_after and retry_after // 60 + 1}
    response = render(request, "form_rejected.html", context, status=status)
    response["Cache-Control"] = "no-store"
    if retry_after:
        response["Retry-After"] = str(retry_after)
    return response

"""Rejects invalid requests before their bodies are read or the database is used."""

import codecs
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render

from casebase.unsaved_forms import COOKIE

METHODS = ("GET", "HEAD", "OPTIONS", "POST")
# The limits are above the size of a suggestion with all fields full, in any script, of
# the largest plan (each byte may be sent as three), and of the files that curators
# upload.
MAX_FORM_BYTES, MAX_KEPT_FORM_BYTES = 64_000, 800_000
MAX_CURATOR_FORM_BYTES = 25_000_000
KEPT_PATHS = ("/plan/", "/shortlist/")
PLAIN = "text/plain; charset=utf-8"


def reject_invalid_requests(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware that rejects methods, large forms and encodings that no page accepts.

    It responds with 405, 413 or 415. A form must be in UTF-8, because some encodings
    that Python knows are not text encodings.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        if request.method not in METHODS:
            words = f"Pages here know {', '.join(METHODS)}, and no other method.\n"
            return HttpResponseNotAllowed(METHODS, words, content_type=PLAIN)
        if content_length_of(request) > max_form_bytes(request):
            return reject_form(request, 413)
        if request.method == "POST" and not is_in_utf_8(request):
            words = "Forms here are sent in UTF-8, and in no other encoding.\n"
            return HttpResponse(words, content_type=PLAIN, status=415)
        # Query strings are always UTF-8, whatever a header says about the body.
        request.encoding = settings.DEFAULT_CHARSET
        return get_response(request)

    return respond


def is_in_utf_8(request: HttpRequest) -> bool:
    """Whether the header says UTF-8, or an encoding that Django replaces with it."""
    return codecs.lookup(request.encoding or "utf-8").name == "utf-8"


def content_length_of(request: HttpRequest) -> int:
    """Return the bytes of the body by its header; 0 without one.

    Django doesn't read a body without this header.
    """
    header = request.META.get("CONTENT_LENGTH") or ""
    return int(header) if header.isdecimal() else 0


def max_form_bytes(request: HttpRequest) -> int:
    """Return the limit for the form; higher for browsers that have signed in before."""
    if {settings.SESSION_COOKIE_NAME, COOKIE} & request.COOKIES.keys():
        return MAX_CURATOR_FORM_BYTES
    is_kept = request.path_info.startswith(KEPT_PATHS)
    return MAX_KEPT_FORM_BYTES if is_kept else MAX_FORM_BYTES


def reject_form(
    request: HttpRequest, status: int, *, retry_after: int | None = None
) -> HttpResponse:
    """Return the page that says why a form is rejected.

    ``retry_after`` is the number of seconds to wait, if waiting helps.
    """
    context = {"minutes": retry_after and retry_after // 60 + 1}
    response = render(request, "form_rejected.html", context, status=status)
    response["Cache-Control"] = "no-store"
    if retry_after:
        response["Retry-After"] = str(retry_after)
    return response

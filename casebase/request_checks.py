"""What is turned away at the door, before anything is read, looked up or locked."""

import codecs

from django.conf import settings
from django.http import HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render

from casebase.unsaved_forms import COOKIE

METHODS = ("GET", "HEAD", "OPTIONS", "POST")
# Bytes of a form: a suggestion filled to the brim, in any script, has fewer; and so has
# what curators bring in as files.
OF_STRANGERS, OF_CURATORS = 64_000, 25_000_000
PLAIN = "text/plain; charset=utf-8"


def refuse_unfit(get_response):
    """405 to methods that no page knows, 413 to forms that are too large for any.

    And 415 to forms that are not in UTF-8: Python knows encodings that are none.
    """

    def respond(request):
        if request.method not in METHODS:
            words = f"Pages here know {', '.join(METHODS)}, and no other method.\n"
            return HttpResponseNotAllowed(METHODS, words, content_type=PLAIN)
        if length_of(request) > longest_for(request):
            return turned_away(request, 413)
        if request.method == "POST" and not is_in_utf_8(request):
            words = "Forms here are sent in UTF-8, and in no other encoding.\n"
            return HttpResponse(words, content_type=PLAIN, status=415)
        # An address is read in the same way whatever a header says of a body.
        request.encoding = settings.DEFAULT_CHARSET
        return get_response(request)

    return respond


def is_in_utf_8(request):
    """As announced. What Python does not know, Django takes for UTF-8 as well."""
    return codecs.lookup(request.encoding or "utf-8").name == "utf-8"


def length_of(request):
    """As announced: of a body of unknown length Django reads nothing."""
    announced = request.META.get("CONTENT_LENGTH") or ""
    return int(announced) if announced.isdecimal() else 0


def longest_for(request):
    """Who shows a sign-in, also one that has ended, may bring files."""
    is_known = {settings.SESSION_COOKIE_NAME, COOKIE} & request.COOKIES.keys()
    return OF_CURATORS if is_known else OF_STRANGERS


def turned_away(request, status, wait=None):
    """A form that is not taken; with the seconds to ``wait`` where that helps."""
    context = {"minutes": wait and wait // 60 + 1}
    response = render(request, "turned_away.html", context, status=status)
    response["Cache-Control"] = "no-store"
    if wait:
        response["Retry-After"] = str(wait)
    return response

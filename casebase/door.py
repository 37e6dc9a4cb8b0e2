"""What is turned away at the door, before anything is read, looked up or locked."""

from django.conf import settings
from django.http import HttpResponseNotAllowed
from django.shortcuts import render

from casebase.unsaved_forms import COOKIE

METHODS = ("GET", "HEAD", "OPTIONS", "POST")
# Bytes of a form: a suggestion filled to the brim, in any script, has fewer; and so has
# what curators bring in as files.
OF_STRANGERS, OF_CURATORS = 64_000, 25_000_000


def refuse_unfit(get_response):
    """405 to methods that no page knows, 413 to forms that are too large for any."""

    def respond(request):
        if request.method not in METHODS:
            words = f"Pages here know {', '.join(METHODS)}, and no other method.\n"
            kind = "text/plain; charset=utf-8"
            return HttpResponseNotAllowed(METHODS, words, content_type=kind)
        if length_of(request) > longest_for(request):
            return turned_away(request, 413)
        return get_response(request)

    return respond


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

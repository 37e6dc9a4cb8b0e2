"""Floods are turned away at the door, before anything is read, looked up or locked."""

from django.shortcuts import render

from casebase.busy import busy
from casebase.origin import origin_of
from changes.waiting import InLineError, waiting
from suggestions import flood

ADDRESS_ENDS = "/suggest/"
# A form filled to the brim is smaller, in any script.
BYTES = 64_000
# Seconds that a reader waits for who else writes.
PATIENCE = 2


def hold_off(get_response):
    """429 with the time to wait, or 413, to who sends too many or too much."""

    def respond(request):
        if request.method == "POST" and request.path_info.endswith(ADDRESS_ENDS):
            if not 0 < length_of(request) <= BYTES:
                return turned_away(request, 413)
            try:
                with waiting(PATIENCE):
                    is_let_in = flood.is_let_in(origin_of(request))
            except InLineError as complaint:
                return busy(request, complaint)
            if not is_let_in:
                return turned_away(request, 429, wait=flood.seconds_left())
        return get_response(request)

    return respond


def length_of(request):
    """As announced; a body of unknown length has none."""
    announced = request.META.get("CONTENT_LENGTH") or ""
    return int(announced) if announced.isdecimal() else 0


def turned_away(request, status, wait=None):
    context = {"minutes": wait and wait // 60 + 1}
    response = render(request, "suggestions/turned_away.html", context, status=status)
    response["Cache-Control"] = "no-store"
    if wait:
        response["Retry-After"] = str(wait)
    return response

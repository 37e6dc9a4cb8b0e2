"""Too much of a kind at once: the reader is told so, and when to come back."""

from django.shortcuts import render

from casebase.slots import BusyError

SECONDS = 10


class AnswerWhenBusy:
    """Turns ``BusyError`` into 503; a page then asks again by itself."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, BusyError):
            return None
        return busy(request, exception)


def busy(request, complaint):
    """503. A page asks again by itself; a form is sent again by who filled it in."""
    context = {"complaint": complaint, "seconds": SECONDS}
    response = render(request, "503.html", context, status=503)
    response["Retry-After"] = str(SECONDS)
    if request.method != "POST":
        response["Refresh"] = str(SECONDS)
    response["Cache-Control"] = "no-store"
    return response

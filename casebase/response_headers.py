"""The default headers of responses."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from casebase.private_links import PRIVATE_LINK

HEADERS = {
    # A shared cache may store only what conditional_get.py allows, because nobody knows
    # what other responses depend on.
    "Cache-Control": "private, no-cache",
    # For browsers without support for frame-ancestors. Django's middleware does not see
    # requests that request_checks.py rejects.
    "X-Frame-Options": "DENY",
    # Other sites may link to our pages, but not embed them.
    "Cross-Origin-Resource-Policy": "same-origin",
}
# Long, and without a meaning for the thirty stylesheets, fonts and scripts of a page.
PAGE_HEADERS = {
    # No page needs any of these: https://www.w3.org/TR/permissions-policy/
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), "
    "microphone=(), payment=(), usb=()",
}

# Of a page behind a link that is a secret: no cache stores it, no search engine lists
# it, no linked site learns of it.
PRIVATE_HEADERS = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


def add_private_headers(response: HttpResponse) -> HttpResponse:
    """Add the headers of a page behind a private link, and return the response."""
    for name, value in PRIVATE_HEADERS.items():
        response[name] = value
    return response


def add_default_headers(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware that sets the headers that a response lacks.

    It is the outermost one, so that it sees the responses of all others. Whatever the
    response to a private link is, an error too, it has the headers of one.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if PRIVATE_LINK.match(request.path_info):
            add_private_headers(response)
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        for name, value in (HEADERS | (PAGE_HEADERS if is_page else {})).items():
            response.headers.setdefault(name, value)
        return response

    return respond

"""Headers that every response has, unless its view sets others."""

HEADERS = {
    # A shared cache may store only what conditional_get.py lets it: nobody has checked
    # what other responses depend on.
    "Cache-Control": "private, no-cache",
    # For browsers that don't know frame-ancestors; requests that request_checks.py
    # rejects get it, too.
    "X-Frame-Options": "DENY",
    # Other sites link here; they don't embed our pages.
    "Cross-Origin-Resource-Policy": "same-origin",
    # Pages here ask for none of these: https://www.w3.org/TR/permissions-policy/
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), "
    "microphone=(), payment=(), usb=()",
}


def add_default_headers(get_response):
    """The outermost middleware: it sees the responses of all others, errors too."""

    def respond(request):
        response = get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return respond

"""What every answer tells browsers and caches, unless its view says otherwise."""

HEADERS = {
    # A cache that many share may keep only what conditional_get.py lets it keep: of all
    # else nobody has looked on what it depends.
    "Cache-Control": "private, no-cache",
    # For browsers that know no frame-ancestors; what the door turns away has it too.
    "X-Frame-Options": "DENY",
    # Other sites link here; they don't build our pages into theirs.
    "Cross-Origin-Resource-Policy": "same-origin",
    # Pages here ask for none of these: https://www.w3.org/TR/permissions-policy/
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), "
    "microphone=(), payment=(), usb=()",
}


def add_headers(get_response):
    """The outermost: it sees the answers of all others, and of errors too."""

    def respond(request):
        response = get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return respond

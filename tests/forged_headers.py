"""Headers with which a client may try to poison a shared cache."""

from itertools import product

ADDRESS_HEADERS = (
    "Script-Name",
    "X-Script-Name",
    "X-Forwarded-Prefix",
    "X-Forwarded-Path",
    "X-Original-URL",
    "X-Original-URI",
    "X-Rewrite-URL",
    "PATH_INFO",
    "SCRIPT_URL",
    "REDIRECT_URL",
    "REQUEST_URI",
    "Destination",
    "Referer",
)
HOST_HEADERS = (
    "X-Forwarded-Host",
    "X-Forwarded-Server",
    "X-Forwarded-For",
    "X-Real-IP",
    "X-Host",
    "X-HTTP-Host-Override",
    "Origin",
    "SERVER_NAME",
    "Via",
)
OTHER_HEADERS = {
    "Forwarded": "for=192.0.2.1;host=a.example;proto=https",
    "X-Forwarded-Scheme": "https",
    "X-Forwarded-Port": "443",
    "X-Url-Scheme": "https",
    "Front-End-Https": "on",
    "X-HTTP-Method-Override": "POST",
    "X-HTTP-Method": "DELETE",
    "X-Method-Override": "HEAD",
    "X-Requested-With": "XMLHttpRequest",
    "X-CSRFToken": "a",
    "Accept-Language": "de",
    "Accept-Charset": "utf-16",
    "User-Agent": "Googlebot",
    "Authorization": "Basic YTpi",
    "Cache-Control": "no-store",
    "Pragma": "no-cache",
    "Max-Forwards": "0",
    "Upgrade": "h2c",
    "Save-Data": "on",
    "Sec-Fetch-Dest": "image",
    "HX-Boosted": "true",
    "HX-Prompt": "true",
    "HX-Target": "finder",
    "HX-Trigger": "q",
    "HX-Current-URL": "//a.example/",
    "X-Many": "a" * 7_000,
}
# The site reads none of these, so they can be tried together.
IGNORED = [
    OTHER_HEADERS,
    *(dict.fromkeys(ADDRESS_HEADERS, path) for path in ("/codebook", "//a.example/")),
    dict.fromkeys(HOST_HEADERS, "a.example"),
]
CODEBOOK = ("/codebook", "/codebook/", "/", "/elsewhere")
NEVER, LATER = "Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 01 Jan 2100 00:00:00 GMT"
FRAGMENT = {"HX-Request": "true"}
SINGLE_HEADERS = [
    *product(["SCRIPT_NAME"], CODEBOOK),
    *product(["X-Forwarded-Proto"], ("https", "http, https")),
    ("X-Forwarded-Protocol", "ssl"),
    ("X-Forwarded-Ssl", "on"),
    *product(["If-Match", "If-None-Match"], ("*", '"a"')),
    *product(["If-Modified-Since", "If-Unmodified-Since"], (NEVER, LATER, "once")),
    *product(["Range"], ("bytes=0-0", "bytes=99999999-", "bytes=0-1,5-6", "a=1")),
    *product(["Accept"], ("application/ld+json", "a/b", "*/*;q=0", ",;=")),
    *product(["Accept-Encoding"], ("br", "identity;q=0", "*;q=0", "gzip")),
    *product(["Cookie"], ("style=nlm-citation-sequence", "locale=de-DE")),
    *product(["Cookie"], ("sessionid=a", "messages=a", "csrftoken=a", "=;a")),
    *product(["Content-Type"], ("a; charset=utf-16", "multipart/form-data")),
    *product(["Content-Type"], ("a/b; charset=utf-7", "a/b; charset=latin-1")),
    ("Cookie", "csrftoken=garbled"),
    ("Content-Encoding", "gzip"),
    ("Content-Length", "0"),
    ("Expect", "100-continue"),
    ("Connection", "close"),
    *FRAGMENT.items(),
    ("HX-History-Restore-Request", "true"),
]
FORGED_HEADERS = [
    *IGNORED,
    *({name: value} for name, value in SINGLE_HEADERS),
    FRAGMENT | {"HX-History-Restore-Request": "true"},
    {"HX-Request": "%74rue", "HX-Request-URI-AutoEncoded": "true"},
    {"X-Forwarded-Proto": "https", "X-Forwarded-Ssl": "off"},
    {"Range": "bytes=0-0", "If-Range": '"a"'},
]

# Caches may store responses with these statuses without a Cache-Control header.
# https://www.rfc-editor.org/rfc/rfc9110#name-overview-of-status-codes
HEURISTICALLY_CACHEABLE = {200, 203, 204, 206, 300, 301, 308, 404, 405, 410, 414, 501}


def may_be_shared(status, headers):
    """Whether a shared cache may store the response. Names are in lower case."""
    directives = headers.get("cache-control", "")
    if directives:
        return not any(word in directives for word in ("private", "no-store"))
    return status in HEURISTICALLY_CACHEABLE


def varies_by(forged, headers):
    """Whether a cache gives the response only to clients that send the same headers."""
    varies = {name.strip().lower() for name in headers.get("vary", "").split(",")}
    return any(name.lower() in varies for name in forged)


def poisons_cache(forged, answer, plain):
    """Whether a shared cache would give the answer to forged headers to other clients.

    ``answer`` and ``plain``, the answer without them, are triples of a status, headers
    with lower-case names, and a body.
    """
    is_other = (answer[0], answer[2]) != (plain[0], plain[2])
    is_shared = may_be_shared(*answer[:2]) and not varies_by(forged, answer[1])
    return is_other and is_shared

"""Caches responses until the records change.

A client that requests an unchanged page again gets 304, after one query and without
rendering. Other clients get the response that was rendered for the first one, even
while the database is unavailable. Where several machines share a cache, it may have
been rendered by another one; see casebase/caches/.
https://www.rfc-editor.org/rfc/rfc9110#name-conditional-requests
"""

import gzip
import sys
from collections.abc import Callable
from datetime import date
from functools import cache, wraps
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.core.cache import caches
from django.db import DEFAULT_DB_ALIAS, Error
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.middleware.gzip import re_accepts_gzip
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import parse_etags

from casebase.caches.lookups import look_up
from casebase.change_tracking.models import Counter
from casebase.database_availability import is_unavailable
from casebase.monitoring.metrics import DATABASE_ERRORS

# Browsers revalidate each time, so readers see every change at once. A shared cache,
# such as a CDN, may use a response for this time without revalidating it. One that
# knows RFC 9213 may also use a stale response while it revalidates, and for a day if
# the site does not answer.
SHARED_SECONDS = 10
CDN_CACHE_CONTROL = (
    f"max-age={SHARED_SECONDS}, stale-while-revalidate=60, stale-if-error=86400"
)
# Everything that a response may depend on besides its address. It is named in Vary:
# otherwise a client with unusual headers could choose what a shared cache gives others.
HEADERS = ("Accept", "HX-Request")
COOKIES = ("style", "locale")
# Cookies that differ from reader to reader, or are missing. Only the reader's own
# browser stores what depends on them.
PERSONAL_COOKIES = ("shortlist",)
VARY = (*HEADERS, "Cookie")
# As in Django’s middleware, which compresses the responses that are not cached.
MIN_PACKED_BYTES, COMPRESSION_LEVEL = 200, 6
ENCODING = "Content-Encoding"
# The files of the code: these folders and all packages, with these suffixes.
FOLDERS = ("requirements", "static", "templates")
SUFFIXES = (".css", ".html", ".js", ".py", ".svg", ".txt", ".woff2", ".xml")


type View = Callable[..., HttpResponse]


def cache_until_changed(view: View) -> View:
    """Cache the responses of a view until the records change.

    They may depend only on what ``entity_tag`` includes.
    """

    @wraps(view)
    def respond(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_personal(request):
            response = view(request, *args, **kwargs)
            patch_cache_control(response, private=True, no_cache=True)
            return response
        version, error = RECORDS.refresh()
        tag = entity_tag(request, version)
        if (response := cached_response(request, tag)) is None:
            if error:
                raise error
            response = view(request, *args, **kwargs)
            if not store_response(request, tag, response):
                return response
        add_cache_headers(request, response, tag)
        return unpack_unless_accepted(request, response)

    return respond


def cached_response(request: HttpRequest, tag: str) -> HttpResponse | None:
    """Return 304 if the client has the response, else the cached one, or None."""
    if client_has(request, tag):
        return HttpResponseNotModified()
    if has_personal_cookie(request):
        return None
    return cast("HttpResponse | None", look_up("answers", tag))


def store_response(request: HttpRequest, tag: str, response: HttpResponse) -> bool:
    """Cache the response, unless it is for one reader. Returns whether it has a tag."""
    if response.status_code != 200 or is_uncacheable(request, response):
        patch_vary_headers(response, VARY)
        return False
    if not (response.streaming or has_personal_cookie(request)):
        # A sitemap's TemplateResponse is not rendered yet.
        rendered = getattr(response, "render", lambda: response)()
        pack(rendered)
        caches["answers"].set(tag, rendered)
    return True


def pack(response: HttpResponse) -> None:
    """Compress the content, so that it is not compressed for each client.

    Django’s middleware leaves it as it is then. It would hide the size of a page by
    random bytes; a page for everybody has no secret that its size could tell.
    """
    if len(response.content) < MIN_PACKED_BYTES:
        return
    response.content = gzip.compress(response.content, COMPRESSION_LEVEL, mtime=0)
    response[ENCODING] = "gzip"
    patch_vary_headers(response, ["Accept-Encoding"])


def unpack_unless_accepted(
    request: HttpRequest, response: HttpResponse
) -> HttpResponse:
    """Return the response; it is not compressed if the client doesn’t accept that."""
    is_packed = response.headers.get(ENCODING) == "gzip"
    accepted = request.headers.get("Accept-Encoding", "")
    if is_packed and not re_accepts_gzip.search(accepted):
        response.content = gzip.decompress(response.content)
        del response[ENCODING]
    return response


class RecordsState:
    """The version of the records that this process read last."""

    version = 0

    def refresh(self) -> tuple[int, Error | None]:
        """Read the version, and return it with None.

        If the database is unavailable, return the last version with the error. Threads
        may have read different versions, on a replica and on the primary.
        """
        try:
            version = self.version = Counter.objects.current()
        except Error as error:
            if not is_unavailable(error):
                raise
            DATABASE_ERRORS.labels(DEFAULT_DB_ALIAS, "away").inc()
            return self.version, error
        return version, None


RECORDS = RecordsState()


def is_personal(request: HttpRequest) -> bool:
    """Whether the response may depend on who the reader is."""
    cookies = settings.SESSION_COOKIE_NAME, "messages"
    is_known = any(name in request.COOKIES for name in cookies)
    # A client with a malformed CSRF cookie gets a new one with any response.
    return settings.DEBUG or is_known or "CSRF_COOKIE_NEEDS_UPDATE" in request.META


def has_personal_cookie(request: HttpRequest) -> bool:
    """Whether only the reader's own browser may store the response."""
    return any(name in request.COOKIES for name in PERSONAL_COOKIES)


def client_has(request: HttpRequest, tag: str) -> bool:
    """Whether If-None-Match of the request has this entity tag.

    Other conditions are ignored: “*” would match a page that may not exist; If-Match
    and If-Unmodified-Since protect writes, and would only prevent reading.
    """
    tags = parse_etags(request.headers.get("If-None-Match", ""))
    # Compared weakly: https://www.rfc-editor.org/rfc/rfc9110#name-comparison-2
    return tag.removeprefix("W/") in {each.removeprefix("W/") for each in tags}


def is_uncacheable(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether the response is for this reader only, or has its own Cache-Control."""
    is_secret = response.cookies or request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
    return bool(is_secret or response.has_header("Cache-Control"))


def add_cache_headers(
    request: HttpRequest, response: HttpResponse, tag: str
) -> HttpResponse:
    response["ETag"] = tag
    patch_vary_headers(response, VARY)
    if has_personal_cookie(request):
        patch_cache_control(response, private=True, no_cache=True)
        return response
    patch_cache_control(response, public=True, max_age=0, s_maxage=SHARED_SECONDS)
    response["CDN-Cache-Control"] = CDN_CACHE_CONTROL
    return response


def entity_tag(request: HttpRequest, version: int) -> str:
    """Return the entity tag: a hash of all that a response may depend on.

    It is weak, because it does not depend on how the response is compressed.
    """
    parts = (
        version,
        code_fingerprint(),
        settings.ABOUT_THE_SITE,
        date.today(),
        request.build_absolute_uri(),
        *(request.headers.get(name) for name in HEADERS),
        *(request.COOKIES.get(name) for name in (*COOKIES, *PERSONAL_COOKIES)),
    )
    return f'W/"{sha256(repr(parts).encode(errors="replace")).hexdigest()[:32]}"'


@cache
def code_fingerprint() -> str:
    """Return a hash of our code and of the versions of packages, in hexadecimal.

    It is the same on all machines with the same release, wherever its folder is.
    """
    digest = sha256(sys.version.encode())
    for folder in sorted(Path(settings.BASE_DIR).iterdir()):
        if folder.name in FOLDERS or (folder / "__init__.py").exists():
            for file in sorted(folder.rglob("*.*")):
                if file.suffix in SUFFIXES:
                    digest.update(file.read_bytes())
    return digest.hexdigest()

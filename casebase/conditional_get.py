"""Answers that stay as they are for as long as the records do.

Who asks again for one that has not changed hears so: 304, after one query and before
anything is rendered. Others who ask for the same get what was rendered for the first,
and get it, too, while the database is away.
https://www.rfc-editor.org/rfc/rfc9110#name-conditional-requests
"""

from datetime import date
from functools import cache, wraps
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.core.cache import caches
from django.db import Error
from django.http import HttpResponseNotModified
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import parse_etags

from casebase.change_tracking.models import Counter
from casebase.database_availability import is_away

# Readers ask each time, and so see every change at once. A cache that many share, as a
# CDN, may answer for so many seconds without asking; one that knows RFC 9213 may also
# give out what it has while it asks, and for a while when we do not answer.
SHARED_SECONDS = 10
CDN = f"max-age={SHARED_SECONDS}, stale-while-revalidate=60, stale-if-error=86400"
# All that an answer may depend on beside its address. Caches that many share are told,
# or who sends a header that others don't would choose what these get.
HEADERS = ("Accept", "HX-Request")
COOKIES = ("style", "locale")
VARY = (*HEADERS, "Cookie")
FOLDERS = ("requirements", "static", "templates")
SUFFIXES = (".css", ".html", ".js", ".py", ".svg", ".txt", ".xml")


def while_unchanged(view):
    """A view whose answers depend on the records, the code, the day, the address, and
    the headers and cookies named above; and on nothing else."""

    @wraps(view)
    def respond(request, *args, **kwargs):
        if is_personal(request):
            response = view(request, *args, **kwargs)
            patch_cache_control(response, private=True, no_cache=True)
            return response
        error = STATE.look()
        tag = entity_tag(request, STATE.version)
        response = HttpResponseNotModified() if has(request, tag) else kept(tag)
        if response is None:
            if error:
                raise error
            response = view(request, *args, **kwargs)
            if response.status_code != 200 or is_for_now(request, response):
                patch_vary_headers(response, VARY)
                return response
            keep(tag, response)
        return make_cacheable(response, tag)

    return respond


def kept(tag):
    return caches["answers"].get(tag)


def keep(tag, response):
    if not response.streaming:
        # Those of sitemaps would else be rendered later.
        rendered = getattr(response, "render", lambda: response)()
        caches["answers"].set(tag, rendered)


class State:
    """The number of the state of the records, as this process saw it last."""

    version = 0

    def look(self):
        """See what it is now. Gives the error if the database is away."""
        try:
            self.version = Counter.objects.current()
        except Error as error:
            if not is_away(error):
                raise
            return error
        return None


STATE = State()


def is_personal(request):
    """Whether the reader is, or may be, someone whom the site knows."""
    cookies = settings.SESSION_COOKIE_NAME, "messages"
    is_known = any(name in request.COOKIES for name in cookies)
    # Who came with a garbled key for forms is given a new one, whatever they ask for.
    return settings.DEBUG or is_known or "CSRF_COOKIE_NEEDS_UPDATE" in request.META


def has(request, tag):
    """Whether the reader has the answer of this tag.

    No other condition counts. “*” would ask for what may not exist; If-Match and
    If-Unmodified-Since guard what is written, and would only refuse what is read.
    """
    held = parse_etags(request.headers.get("If-None-Match", ""))
    # The same weakly: https://www.rfc-editor.org/rfc/rfc9110#name-comparison-2
    return tag.removeprefix("W/") in {each.removeprefix("W/") for each in held}


def is_for_now(request, response):
    """Whether the answer is for this reader alone, or for this moment."""
    is_secret = response.cookies or request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
    return is_secret or response.has_header("Cache-Control")


def make_cacheable(response, tag):
    response["ETag"] = tag
    patch_cache_control(response, public=True, max_age=0, s_maxage=SHARED_SECONDS)
    response["CDN-Cache-Control"] = CDN
    patch_vary_headers(response, VARY)
    return response


def entity_tag(request, version):
    """Weak, for it is the same however an answer is compressed."""
    parts = (
        version,
        edition(),
        date.today(),
        request.build_absolute_uri(),
        *(request.headers.get(name) for name in HEADERS),
        *(request.COOKIES.get(name) for name in COOKIES),
    )
    return f'W/"{sha256(repr(parts).encode(errors="replace")).hexdigest()[:32]}"'


@cache
def edition():
    """What tells this code from any other: all of it, and the versions it needs."""
    found = sha256()
    for folder in sorted(Path(settings.BASE_DIR).iterdir()):
        if folder.name in FOLDERS or (folder / "__init__.py").exists():
            for file in sorted(folder.rglob("*.*")):
                if file.suffix in SUFFIXES:
                    found.update(file.read_bytes())
    return found.hexdigest()

"""Forms on cached pages, which can’t have a token against forms of other sites.

https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt


def own_forms_only(
    view: Callable[..., HttpResponse],
) -> Callable[..., HttpResponse]:
    """Refuse forms that were not sent from a page of this site, with 403.

    In place of Django’s token, which would make each page one for each reader.
    """

    @csrf_exempt
    @wraps(view)
    def respond(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and not is_from_here(request):
            return render(request, "403_csrf.html", status=403)
        return view(request, *args, **kwargs)

    return respond


def is_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that a page of this site sent the request.

    Browsers say so in Sec-Fetch-Site, older ones and those without TLS in Origin or
    Referer. A request that says nothing is not from here.
    """
    if site := request.headers.get("Sec-Fetch-Site"):
        return site in ("same-origin", "none")
    sender = request.headers.get("Origin") or request.headers.get("Referer", "")
    return same_host(sender, request)


def same_host(address: str, request: HttpRequest) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return (parts.scheme, parts.netloc) == (request.scheme, request.get_host())

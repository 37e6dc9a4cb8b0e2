"""Middleware that counts and times responses by route.

A route is the name of a URL, such as “initiatives:detail”. It is never the path.
"""

from collections.abc import Callable
from functools import cache
from time import perf_counter

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from prometheus_client import Counter, Histogram

from casebase.monitoring.metrics import REQUEST_SECONDS, REQUESTS
from casebase.request_checks import METHODS


def measure_requests(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware that counts the response, with the time until it begins."""

    def respond(request: HttpRequest) -> HttpResponse:
        started = perf_counter()
        response = get_response(request)
        seconds = perf_counter() - started
        route = route_of(request)
        method = request.method if request.method in METHODS else "other"
        counter_of(route, method, response.status_code).inc()
        timer_of(route).observe(seconds)
        return response

    return respond


# The few counters that there are, because finding one takes as long as raising it.
@cache
def counter_of(route: str, method: str, status: int) -> Counter:
    return REQUESTS.labels(route, method, status)


@cache
def timer_of(route: str) -> Histogram:
    return REQUEST_SECONDS.labels(route)


def route_of(request: HttpRequest) -> str:
    """Return the name of the URL that answered; “static”, or “none” without one."""
    if request.resolver_match:
        return str(request.resolver_match.view_name)
    is_static = request.path_info.startswith(settings.STATIC_URL)
    return "static" if is_static else "none"

"""How often readers may store a list or a plan, and the answer to those above it."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from casebase.client_ip import client_ip_of
from casebase.rate_limits.limits import RateLimit, seconds_until_reset
from casebase.request_checks import reject_form


def answer_if_too_many(request: HttpRequest) -> HttpResponse | None:
    """Count one more that is stored. Returns 429 if that is over a limit, else None."""
    limit = RateLimit("kept", settings.KEPT_PER_ADDRESS, settings.KEPT_PER_HOUR)
    if limit.try_acquire(client_ip_of(request)):
        return None
    return reject_form(request, 429, retry_after=seconds_until_reset())

"""The lockout of names and IP addresses for a while after failed sign-ins.

Axes counts the failures of a name at an address, in the database, so that all worker
processes share the count. This module adds a limit for an address with any names,
against password spraying, and the page that is shown.
"""

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import admin
from django.db.models import Max, Sum
from django.shortcuts import render
from django.utils import timezone

from casebase.client_ip import client_ip_of


class LockoutHandler(AxesDatabaseHandler):
    """The handler of axes. It also locks addresses after failures with any names."""

    def is_locked(self, request, credentials=None):
        n_failures = count_failures(ip_address=client_ip_of(request))["n"] or 0
        is_spraying = n_failures >= settings.FAILURES_OF_ONE_ADDRESS
        return is_spraying or super().is_locked(request, credentials)


def get_username(request, credentials):
    """Return the username, cut to the length of its column, for which axes counts."""
    return credentials["username"][:150]


def count_failures(**fields):
    """Return {"n": number, "last": time} of recent failures; both may be None.

    ``fields`` filters the attempts.
    """
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    attempts = AccessAttempt.objects.filter(attempt_time__gt=since, **fields)
    return attempts.aggregate(n=Sum("failures_since_start"), last=Max("attempt_time"))


def lockout_response_for(request, name):
    """Return a response 429 if the name is locked out, or None. Writes nothing."""
    # PostgreSQL can't search for a text with a null character.
    credentials = {"username": name.replace("\0", "")}
    if AxesProxyHandler.is_allowed(request, credentials):
        return None
    return render_lockout(request, credentials=credentials)


def reset_failures(request, user):
    """Delete the failures of a user who has signed in."""
    AxesProxyHandler.reset_attempts(
        username=user.get_username(), ip_address=client_ip_of(request)
    )


def render_lockout(request, response=None, credentials=None):
    """Return a response 429 that says until when sign-in is locked.

    The page is the same whether an account of this name exists or not.
    """
    origin = client_ip_of(request)
    name = get_username(request, credentials)
    own = count_failures(username=name, ip_address=origin)
    is_own = (own["n"] or 0) >= settings.AXES_FAILURE_LIMIT
    failures = own if is_own else count_failures(ip_address=origin)
    until = (failures["last"] or timezone.now()) + settings.AXES_COOLOFF_TIME
    context = admin.site.each_context(request) | {"until": until, "is_own": is_own}
    context["title"] = "Too many attempts"
    response = render(request, "accounts/locked_out.html", context, status=429)
    seconds = (until - timezone.now()).total_seconds()
    response["Retry-After"] = str(max(1, round(seconds)))
    response["Cache-Control"] = "no-store"
    return response

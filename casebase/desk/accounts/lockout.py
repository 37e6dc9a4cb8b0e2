"""Who guesses passwords or codes is locked out for a while.

Axes counts failures by name and address together, in the database, for all workers.
Here is added a limit by address alone, against one password tried on many names, and
what the page says.
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


class Handler(AxesDatabaseHandler):
    def is_locked(self, request, credentials=None):
        from_here = failures(ip_address=client_ip_of(request))["n"] or 0
        is_spraying = from_here >= settings.FAILURES_OF_ONE_ADDRESS
        return is_spraying or super().is_locked(request, credentials)


def counted_name(request, credentials):
    """As much of a name as there is room for: Django's form takes any length."""
    return credentials["username"][:150]


def failures(**of):
    """Those that still count: ``n``, and when the last of them was."""
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    attempts = AccessAttempt.objects.filter(attempt_time__gt=since, **of)
    return attempts.aggregate(n=Sum("failures_since_start"), last=Max("attempt_time"))


def refused(request, name):
    """429 to who is locked out already, before the database is written to; or None."""
    # PostgreSQL breaks on a null character in what it is to look for.
    credentials = {"username": name.replace("\0", "")}
    if AxesProxyHandler.is_allowed(request, credentials):
        return None
    return locked_out(request, credentials=credentials)


def forgive(request, user):
    """Who has signed in begins to count anew."""
    AxesProxyHandler.reset_attempts(
        username=user.get_username(), ip_address=client_ip_of(request)
    )


def locked_out(request, response=None, credentials=None):
    """429: until when, and what to do meanwhile. The same whether the name exists."""
    origin = client_ip_of(request)
    name = counted_name(request, credentials)
    own = failures(username=name, ip_address=origin)
    is_own = (own["n"] or 0) >= settings.AXES_FAILURE_LIMIT
    last = (own if is_own else failures(ip_address=origin))["last"] or timezone.now()
    until = last + settings.AXES_COOLOFF_TIME
    context = admin.site.each_context(request) | {"until": until, "is_own": is_own}
    context["title"] = "Too many attempts"
    response = render(request, "accounts/locked_out.html", context, status=429)
    seconds = (until - timezone.now()).total_seconds()
    response["Retry-After"] = str(max(1, round(seconds)))
    response["Cache-Control"] = "no-store"
    return response

"""Decorators of views that write records. Views without one only read."""

from collections.abc import Callable
from contextlib import ExitStack, suppress
from functools import wraps
from threading import BoundedSemaphore
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, UnreadablePostError

from casebase.change_tracking.lock_timeout import (
    ANONYMOUS_SEMAPHORE,
    SIGNED_IN_SEMAPHORE,
    permit_to_wait,
    write_lock_timeout,
)
from casebase.change_tracking.transactions import tracked_transaction

type View = Callable[..., HttpResponse]

# How long a request waits for the write lock. An import may hold it for a minute.
SIGNED_IN_TIMEOUT_SECONDS, ANONYMOUS_TIMEOUT_SECONDS = 10, 2
# The transaction is rolled back: these tell the reader that nothing was saved.
ROLLBACK_STATUSES = {409, *range(500, 600)}


def transactional_view(view: View) -> View:
    """Run a view in one tracked transaction when a form is sent to it.

    Put checks that can reject a form, such as those of permissions, around this
    decorator: they need no lock.
    """
    if hasattr(view, "manages_own_transactions"):
        return view

    @wraps(view)
    def respond(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        # Read the body before taking the lock: a slow client must not block writers.
        with suppress(UnreadablePostError):
            request.POST  # noqa: B018 -- looking at it reads the body
        with write_lock_timeout(timeout_seconds_for(request)), ExitStack() as stack:
            with permit_to_wait(semaphore_for(request)):
                stack.enter_context(tracked_transaction(by=request.user, action="form"))
            response = view(request, *args, **kwargs)
            if response.status_code in ROLLBACK_STATUSES:
                transaction.set_rollback(True)
        return response

    return respond


def manages_own_transactions(view: View) -> View:
    """Mark a view that opens transactions itself, or works long before it writes.

    ``transactional_view`` leaves such a view alone; only the lock timeout applies.
    """

    @wraps(view)
    def respond(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with write_lock_timeout(timeout_seconds_for(request)):
            return view(request, *args, **kwargs)

    # A function may have attributes of its own, which mypy does not know.
    respond.manages_own_transactions = True  # type: ignore[attr-defined]
    return respond


def semaphore_for(request: HttpRequest) -> BoundedSemaphore:
    is_signed_in = request.user.is_authenticated
    return SIGNED_IN_SEMAPHORE if is_signed_in else ANONYMOUS_SEMAPHORE


def timeout_seconds_for(request: HttpRequest) -> int:
    is_signed_in = request.user.is_authenticated
    return SIGNED_IN_TIMEOUT_SECONDS if is_signed_in else ANONYMOUS_TIMEOUT_SECONDS

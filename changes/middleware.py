"""Every request that may write is one transaction, which what is derived follows."""

from contextlib import suppress
from functools import wraps

from django.db import IntegrityError, transaction
from django.http import UnreadablePostError
from django.urls import Resolver404, resolve

from casebase.busy import busy
from casebase.conflicts import conflict
from changes.waiting import InLineError, waiting
from changes.writing import written_together

SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}
# Answers that say that nothing was saved.
ROLLED_BACK = {409, *range(500, 600)}
# Seconds that a page waits for who else writes; an import may write for a minute.
PATIENCE = 10


def write_together(get_response):
    """All that a request writes is kept, or, when it fails, nothing."""

    def respond(request):
        if request.method in SAFE or does_itself(request):
            return get_response(request)
        # Before others are kept from writing: who sends it may take their time.
        with suppress(UnreadablePostError):
            request.POST  # noqa: B018
        user = getattr(request, "user", None)
        try:
            with waiting(PATIENCE), written_together(by=user, act="form"):
                response = get_response(request)
                if response.status_code in ROLLED_BACK:
                    transaction.set_rollback(True)
        except InLineError as complaint:
            return busy(request, complaint)
        except IntegrityError as refusal:
            # Some rules are checked when the transaction ends.
            return conflict(request, refusal)
        return response

    return respond


def writes_itself(view):
    """Mark a view that makes transactions of its own, or waits for others meanwhile."""

    @wraps(view)
    def respond(request, *args, **kwargs):
        with waiting(PATIENCE):
            return view(request, *args, **kwargs)

    respond.writes_itself = True
    return respond


def does_itself(request):
    try:
        view = resolve(request.path_info, getattr(request, "urlconf", None)).func
    except Resolver404:
        return False
    return getattr(view, "writes_itself", False)

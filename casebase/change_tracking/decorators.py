"""Views that write. All others read only, whatever they are sent."""

from contextlib import ExitStack, suppress
from functools import wraps

from django.db import transaction
from django.http import UnreadablePostError

from casebase.change_tracking.lock_timeout import AT_DESK, STRANGERS, in_line, waiting
from casebase.change_tracking.transactions import written_together

# Seconds that a page waits for who else writes, for those who have signed in and for
# others; an import may write for a minute.
PATIENCE, OF_STRANGERS = 10, 2
# Answers that say that nothing was saved.
ROLLED_BACK = {409, *range(500, 600)}


def write_together(view):
    """All that a form sent to this view writes is kept, or, when it fails, nothing.

    What refuses a form unseen, as a check of who may send it, belongs around this: for
    that nobody need wait.
    """
    if hasattr(view, "writes_itself"):
        return view

    @wraps(view)
    def respond(request, *args, **kwargs):
        if request.method != "POST":
            return view(request, *args, **kwargs)
        # Before others are kept from writing: who sends it may take their time.
        with suppress(UnreadablePostError):
            request.POST  # noqa: B018
        with waiting(patience_for(request)), ExitStack() as writing:
            with in_line(places_for(request)):
                writing.enter_context(written_together(by=request.user, act="form"))
            response = view(request, *args, **kwargs)
            if response.status_code in ROLLED_BACK:
                transaction.set_rollback(True)
        return response

    return respond


def writes_itself(view):
    """Mark a view that makes transactions of its own, or waits for others meanwhile."""

    @wraps(view)
    def respond(request, *args, **kwargs):
        with waiting(patience_for(request)):
            return view(request, *args, **kwargs)

    respond.writes_itself = True
    return respond


def places_for(request):
    return AT_DESK if request.user.is_authenticated else STRANGERS


def patience_for(request):
    return PATIENCE if request.user.is_authenticated else OF_STRANGERS

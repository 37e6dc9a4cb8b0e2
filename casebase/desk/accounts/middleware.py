"""Whom a request comes from: ``request.user`` has signed in fully, and lately."""

from contextlib import nullcontext

from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.middleware import SessionMiddleware
from django.utils.functional import SimpleLazyObject

from casebase.change_tracking.decorators import OF_STRANGERS
from casebase.change_tracking.lock_timeout import InLineError, waiting
from casebase.desk.accounts.audit_log import ASKING
from casebase.desk.accounts.second_factor import owes_code
from casebase.desk.accounts.sessions import is_idle, keep


class Sessions(SessionMiddleware):
    """As Django's; but nobody waits long for who else writes, to keep a session."""

    def process_response(self, request, response):
        is_kept = request.session.modified
        with waiting(OF_STRANGERS) if is_kept else nullcontext():
            return super().process_response(request, response)


class KnowUser:
    """Takes who has not signed in fully for a stranger, on every page.

    ``request.entrant`` is who has given a password, and a code or not. Both are looked
    up only for pages that ask, so that all others are the same for everyone.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        signed_in = request.user
        request.entrant = SimpleLazyObject(lambda: lately_seen(request, signed_in))
        request.user = SimpleLazyObject(lambda: signed_in_fully(request.entrant))
        token = ASKING.set(request)
        try:
            response = self.get_response(request)
        finally:
            ASKING.reset(token)
        keep(request.session)
        return response


def lately_seen(request, user):
    """The user, unless the session has ended: of which the row is then deleted.

    Readers wait for nobody: while others write, the next request deletes it.
    """
    if not request.session.session_key:
        return user
    try:
        with waiting(0):
            if not user.is_authenticated or not is_idle(request.session):
                return user
            request.session.flush()
    except InLineError:
        # Else it would be written at the end, and be waited for.
        request.session.modified = False
    return AnonymousUser()


def signed_in_fully(entrant):
    return AnonymousUser() if owes_code(entrant) else entrant

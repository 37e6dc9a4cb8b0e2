"""Sessions, and ``request.user``: a user who has signed in fully, and not long ago."""

from contextlib import nullcontext

from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.middleware import SessionMiddleware
from django.utils.functional import SimpleLazyObject

from casebase.change_tracking.decorators import ANONYMOUS_TIMEOUT_SECONDS
from casebase.change_tracking.lock_timeout import WriteLockError, write_lock_timeout
from casebase.desk.accounts.audit_log import current_request
from casebase.desk.accounts.second_factor import owes_code
from casebase.desk.accounts.sessions import is_idle, save_activity


class Sessions(SessionMiddleware):
    """As Django's, with a short wait for others who write, to save a session."""

    def process_response(self, request, response):
        is_kept = request.session.modified
        with (
            write_lock_timeout(ANONYMOUS_TIMEOUT_SECONDS) if is_kept else nullcontext()
        ):
            return super().process_response(request, response)


class KnowUser:
    """Sets ``request.user`` to AnonymousUser until the user has signed in fully.

    ``request.entrant`` is the user who has given a password, with a code or without.
    Both are lazy, so that a page that asks for neither is the same for everybody.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        signed_in = request.user
        request.entrant = SimpleLazyObject(lambda: active_user(request, signed_in))
        request.user = SimpleLazyObject(lambda: signed_in_fully(request.entrant))
        token = current_request.set(request)
        try:
            response = self.get_response(request)
        finally:
            current_request.reset(token)
        save_activity(request.session)
        return response


def active_user(request, user):
    """The user or, if the session has been idle for too long, AnonymousUser.

    An idle session is deleted. While others write, that is left to the next request.
    """
    if not request.session.session_key:
        return user
    try:
        with write_lock_timeout(0):
            if not user.is_authenticated or not is_idle(request.session):
                return user
            request.session.flush()
    except WriteLockError:
        # Otherwise the session would be saved at the end, after a wait.
        request.session.modified = False
    return AnonymousUser()


def signed_in_fully(entrant):
    return AnonymousUser() if owes_code(entrant) else entrant

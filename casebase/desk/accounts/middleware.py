"""Middleware of sessions and of ``request.user``."""

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
    """Django's session middleware, with a shorter wait for the write lock."""

    def process_response(self, request, response):
        will_be_saved = request.session.modified
        with (
            write_lock_timeout(ANONYMOUS_TIMEOUT_SECONDS)
            if will_be_saved
            else nullcontext()
        ):
            return super().process_response(request, response)


class KnowUser:
    """Sets ``request.user`` to AnonymousUser until the user has signed in fully.

    ``request.entrant`` is the user who has given the password, with or without a code.
    Both are lazy, so that a page that uses neither does not vary by session.
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
    """Return the user, or AnonymousUser if the session has been idle for too long.

    An idle session is deleted, or left to the next request if the database is locked.
    """
    if not request.session.session_key:
        return user
    try:
        with write_lock_timeout(0):
            if not user.is_authenticated or not is_idle(request.session):
                return user
            request.session.flush()
    except WriteLockError:
        # Without this, saving the session in the response would wait for the lock.
        request.session.modified = False
    return AnonymousUser()


def signed_in_fully(entrant):
    return AnonymousUser() if owes_code(entrant) else entrant

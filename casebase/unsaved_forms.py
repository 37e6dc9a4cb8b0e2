"""Restores admin forms that were sent after the session had expired.

The form is stored in the visitor's anonymous session, which survives signing in, and is
shown again once, to the same person only. A signed cookie names the last curator in
this browser. Without it nothing is stored, so strangers can't fill the database.
"""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse, QueryDict

COOKIE = "desk-user"
SESSION_KEY = "unsaved_form"
# Ten times the size of a case with a hundred findings.
MAX_CHARACTERS = 1_000_000
# For this time after the last visit a form can be restored.
MAX_AGE_SECONDS = 7 * 24 * 60 * 60
STORED_MESSAGE = (
    "Your sign-in had ended, so nothing was saved yet. Sign in again: then your form "
    "comes back as you sent it."
)
TOO_LARGE_MESSAGE = (
    "Your sign-in had ended, so nothing was saved, and what you sent is too large to "
    "be kept here. Sign in in another window, then go back in this one and send it "
    "again."
)
RESTORED_MESSAGE = (
    "Your sign-in had ended when you sent this form, so nothing is saved yet. It is "
    "here as you sent it: look it through, and save it."
)


def remember_user(request: HttpRequest, response: HttpResponse) -> None:
    """Store the current curator in a signed cookie."""
    name = str(request.user.pk)
    if last_user_key(request) != name:
        response.set_signed_cookie(
            COOKIE,
            name,
            salt=COOKIE,
            max_age=MAX_AGE_SECONDS,
            httponly=True,
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Lax",
        )


def last_user_key(request: HttpRequest) -> str | None:
    """Return the primary key of the last curator in this browser as text, or None."""
    return request.get_signed_cookie(COOKIE, None, salt=COOKIE, max_age=MAX_AGE_SECONDS)


def store_form(request: HttpRequest) -> None:
    """Store the form of an anonymous visitor who was signed in before."""
    user = last_user_key(request)
    people = get_user_model().objects.filter(is_active=True, is_staff=True)
    if user is None or not people.filter(pk=user).exists():
        return
    fields = request.POST.copy()
    fields.pop("csrfmiddlewaretoken", None)
    sent = fields.urlencode()
    if len(sent) > MAX_CHARACTERS:
        messages.error(request, TOO_LARGE_MESSAGE)
        return
    request.session[SESSION_KEY] = {"user": user, "page": request.path, "sent": sent}
    messages.warning(request, STORED_MESSAGE)


def pop_form(request: HttpRequest) -> QueryDict | None:
    """Remove and return the form that was stored for this person and page, or None."""
    stored = request.session.get(SESSION_KEY)
    if not stored or stored["user"] != str(request.user.pk):
        return None
    if stored["page"] != request.path:
        return None
    del request.session[SESSION_KEY]
    return QueryDict(stored["sent"])

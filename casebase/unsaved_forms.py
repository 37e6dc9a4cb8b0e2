"""Forms of records that were sent when the sign-in had ended: they come back once.

What was typed waits in the session that the visitor then has, which outlives signing
in, and is shown again to the same person only. A signed cookie tells who was at the
desk last in this browser; without it nothing is kept, so strangers can store nothing.
"""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.http import QueryDict

COOKIE = "desk-user"
KEY = "unsaved_form"
# A case with a hundred findings takes a tenth of it.
MOST_CHARACTERS = 1_000_000
# Of which a browser may have left a form open.
SECONDS = 7 * 24 * 60 * 60
KEPT = (
    "Your sign-in had ended, so nothing was saved yet. Sign in again: then your form "
    "comes back as you sent it."
)
TOO_LARGE = (
    "Your sign-in had ended, so nothing was saved, and what you sent is too large to "
    "be kept here. Sign in in another window, then go back in this one and send it "
    "again."
)
COME_BACK = (
    "Your sign-in had ended when you sent this form, so nothing is saved yet. It is "
    "here as you sent it: look it through, and save it."
)


def note_user(request, response):
    """Have the browser remember who is at the desk."""
    name = str(request.user.pk)
    if last_user(request) != name:
        response.set_signed_cookie(
            COOKIE,
            name,
            salt=COOKIE,
            max_age=SECONDS,
            httponly=True,
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Lax",
        )


def last_user(request):
    """The primary key, as a text, of who was at the desk last; None if nobody was."""
    return request.get_signed_cookie(COOKIE, None, salt=COOKIE, max_age=SECONDS)


def keep_form(request):
    """Keep what a visitor who is not signed in sent, if they were before."""
    user = last_user(request)
    people = get_user_model().objects.filter(is_active=True, is_staff=True)
    if user is None or not people.filter(pk=user).exists():
        return
    fields = request.POST.copy()
    fields.pop("csrfmiddlewaretoken", None)
    sent = fields.urlencode()
    if len(sent) > MOST_CHARACTERS:
        messages.error(request, TOO_LARGE)
        return
    request.session[KEY] = {"user": user, "page": request.path, "sent": sent}
    messages.warning(request, KEPT)


def take_form(request):
    """What this person sent to this page when signed out, or None. Given once."""
    kept = request.session.get(KEY)
    if not kept or kept["user"] != str(request.user.pk):
        return None
    if kept["page"] != request.path:
        return None
    del request.session[KEY]
    return QueryDict(kept["sent"])

"""A person who signs in at the desk with a password and perhaps an app."""

import time
from copy import copy

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

PASSWORD = "the desk by the window"  # noqa: S105
LOGIN, DESK, CODE, FACTOR, SET_UP = (
    reverse(f"admin:{name}")
    for name in ("login", "index", "code", "second-factor", "set-up")
)


class Person:
    """A member of staff without any permission, signed out."""

    def __init__(self, name="alice"):
        self.user = User.objects.create_user(name, password=PASSWORD, is_staff=True)
        self.client = Client(REMOTE_ADDR="192.0.2.1")

    def in_another_browser(self):
        """Return the same person in another browser, signed out."""
        other = copy(self)
        other.client = Client(REMOTE_ADDR="192.0.2.1")
        return other

    def type_password(self, password=PASSWORD, *, name=None, wanted=DESK, **request):
        """Sign in. Returns the address that follows, or the page with errors."""
        name = self.user.username if name is None else name
        sent = {"username": name, "password": password, "next": wanted}
        return self.client.post(LOGIN, sent, **request)

    def type_code(self, code, **query):
        return self.client.post(CODE, {"code": code}, query_params=query)

    def set_up(self):
        """Sign in and set up an app; return it and its back-up codes."""
        self.type_password()
        self.client.get(SET_UP)
        app = TOTPDevice.objects.get(user=self.user, confirmed=False)
        shown = self.client.post(SET_UP, {"code": current_code(app)})
        app.refresh_from_db()
        return app, shown.context["codes"]

    def follow(self, address):
        """Return the address at which a visit ends, after all redirects."""
        return self.client.get(address, follow=True).request["PATH_INFO"]

    def is_signed_in(self):
        return self.client.get(DESK).status_code == 200


def current_code(app):
    """Return the code that an app shows now."""
    return code_at(app, time.time())


def next_code(app):
    """Return the code after the last one that was used.

    It is valid whether or not half a minute has begun since: the code that an app shows
    next may be further from what the device expects, as it corrects for slow clocks.
    """
    app.refresh_from_db(fields=["last_t"])
    return code_at(app, (app.last_t + 1) * app.step)


def code_at(app, seconds):
    clock = TOTP(app.bin_key)
    clock.time = seconds
    return f"{clock.token():06}"


def end_waiting_time(app):
    """End the waiting time after a wrong code."""
    type(app).objects.filter(pk=app.pk).update(throttling_failure_timestamp=None)

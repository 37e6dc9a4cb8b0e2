"""The second factor: an app for codes, and back-up codes in case it is lost."""

from base64 import b32encode
from itertools import batched

import segno
from django.conf import settings
from django.db import transaction
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

N_BACK_UP_CODES = 10


def app_of(user):
    """Return the app that the user has set up, or None."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def owes_code(user):
    """Return whether the user has given a password, and still has to give a code."""
    if not user.is_authenticated or getattr(user, "otp_device", None):
        return False
    return settings.REQUIRE_SECOND_FACTOR or app_of(user) is not None


def get_unconfirmed_app(user):
    """Return the app that is being set up. Its first correct code confirms it."""
    unconfirmed = TOTPDevice.objects.filter(user=user, confirmed=False).first()
    return unconfirmed or TOTPDevice.objects.create(
        user=user, confirmed=False, name="App"
    )


def qr_code(app):
    """Return the QR code of an app as SVG without styles or scripts, on white."""
    code = segno.make(app.config_url, micro=False)
    return code.svg_inline(
        scale=5, dark="black", light="white", title="QR code for the app"
    )


def device_for(user, code):
    """Return the device for a code, by its length: codes of apps have six digits."""
    if len(code) == 6:
        return app_of(user)
    return StaticDevice.objects.filter(user=user, confirmed=True).first()


def confirm_app(app):
    """Require codes of the app from now on, and return back-up codes to show once."""
    app.confirmed = True
    app.save(update_fields=["confirmed"])
    return renew_back_up_codes(app.user)


@transaction.atomic
def renew_back_up_codes(user):
    """Replace the back-up codes with ten new ones, and return these."""
    # A new device would end the sessions that started with a code of the old one.
    own = StaticDevice.objects.filter(user=user, confirmed=True).first()
    device = own or StaticDevice.objects.create(user=user, name="Back-up codes")
    device.token_set.all().delete()
    codes = [StaticToken.random_token() for _ in range(N_BACK_UP_CODES)]
    device.token_set.bulk_create(StaticToken(device=device, token=c) for c in codes)
    return codes


@transaction.atomic
def remove_devices(user):
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()


def count_back_up_codes(user):
    return StaticToken.objects.filter(device__user=user).count()


def format_secret(app):
    """Return the secret to type into an app, as “JBSW Y3DP …”."""
    letters = b32encode(app.bin_key).decode()
    return " ".join("".join(four) for four in batched(letters, 4))

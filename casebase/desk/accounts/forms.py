"""What is asked beside the password."""

from math import ceil

from django import forms
from django.contrib.admin.forms import AdminPasswordChangeForm
from django.contrib.auth import authenticate
from django.contrib.auth.signals import user_login_failed
from django.core.exceptions import ValidationError
from django.utils import timezone
from django_otp import verify_token

from casebase.desk.accounts.audit_log import ASKING
from casebase.desk.accounts.second_factor import device_for


class CodeForm(forms.Form):
    """A code of one of the user's devices; ``device`` is the one it is of."""

    code = forms.CharField(
        max_length=20,
        widget=forms.TextInput(
            {"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"}
        ),
    )

    def __init__(self, request, *, device=None):
        super().__init__(request.POST if request.method == "POST" else None)
        self.request = request
        self.device = device

    def clean_code(self):
        code = self.cleaned_data["code"].replace(" ", "").lower()
        user = self.request.entrant
        device = self.device or device_for(user, code)
        refuse_early(device)
        if device is None or not verify_token(user, device.persistent_id, code):
            self.tell_of_failure(device)
            raise ValidationError("This is not a code that is right just now.")
        self.device = device
        return code

    def tell_of_failure(self, device):
        """Counts as a guess of the password does, but while it is being set up."""
        if device is None or device.confirmed:
            who = {"username": self.request.entrant.get_username(), "device": device}
            user_login_failed.send(__name__, credentials=who, request=self.request)


def refuse_early(device):
    """After each failure twice as long must be waited."""
    is_allowed, why = device.verify_is_allowed() if device else (True, None)
    if not is_allowed:
        wait = (why["locked_until"] - timezone.now()).total_seconds()
        raise ValidationError(f"Too soon: wait {ceil(wait)} s after a wrong code.")


class PasswordForm(forms.Form):
    """The password once more, before what would lock its owner out."""

    password = forms.CharField(
        widget=forms.PasswordInput({"autocomplete": "current-password"})
    )

    def __init__(self, request):
        super().__init__(request.POST if request.method == "POST" else None)
        self.request = request

    def clean_password(self):
        password = self.cleaned_data["password"]
        refuse_wrong_password(self.request, password)
        return password


class OwnPasswordForm(AdminPasswordChangeForm):
    """A new password in place of one's own."""

    def clean_old_password(self):
        password = self.cleaned_data["old_password"]
        refuse_wrong_password(ASKING.get(), password)
        return password


def refuse_wrong_password(request, password):
    """Counts as a guess at the door does. Raises ValidationError."""
    name = request.user.get_username()
    if not authenticate(request, username=name, password=password):
        raise ValidationError("This is not your password.")

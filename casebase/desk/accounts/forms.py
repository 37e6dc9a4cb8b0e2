"""Forms that ask for a code, or for the password again."""

from math import ceil

from django import forms
from django.contrib.admin.forms import AdminPasswordChangeForm
from django.contrib.auth import authenticate
from django.contrib.auth.signals import user_login_failed
from django.core.exceptions import ValidationError
from django.utils import timezone
from django_otp import verify_token

from casebase.desk.accounts.audit_log import current_request
from casebase.desk.accounts.second_factor import device_for


class CodeForm(forms.Form):
    """The form for a code of ``device`` or, without one, of any device of the user."""

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
        require_wait(device)
        if device is None or not verify_token(user, device.persistent_id, code):
            self.report_failure(device)
            raise ValidationError("This is not a code that is right just now.")
        self.device = device
        return code

    def report_failure(self, device):
        """Count it like a wrong password, unless the device is being set up."""
        if device is None or device.confirmed:
            who = {"username": self.request.entrant.get_username(), "device": device}
            user_login_failed.send(__name__, credentials=who, request=self.request)


def require_wait(device):
    """Raise ValidationError if the device must wait. Each failure doubles the wait."""
    is_allowed, why = device.verify_is_allowed() if device else (True, {})
    if not is_allowed:
        wait = (why["locked_until"] - timezone.now()).total_seconds()
        raise ValidationError(f"Too soon: wait {ceil(wait)} s after a wrong code.")


class PasswordForm(forms.Form):
    """The form for the password, before a change that could lock the user out."""

    password = forms.CharField(
        widget=forms.PasswordInput({"autocomplete": "current-password"})
    )

    def __init__(self, request):
        super().__init__(request.POST if request.method == "POST" else None)
        self.request = request

    def clean_password(self):
        password = self.cleaned_data["password"]
        require_password(self.request, password)
        return password


class OwnPasswordForm(AdminPasswordChangeForm):
    """The form with which users change their own password."""

    def clean_old_password(self):
        password = self.cleaned_data["old_password"]
        require_password(current_request.get(), password)
        return password


def require_password(request, password):
    """Raise ValidationError if the password is wrong, and count a failed sign-in."""
    name = request.user.get_username()
    if not authenticate(request, username=name, password=password):
        raise ValidationError("This is not your password.")

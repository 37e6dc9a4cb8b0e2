"""The accounts app: connects the signals of sign-in, and names apps of others."""

from django.apps import AppConfig, apps
from django.contrib.auth.signals import user_logged_in

# The names at the desk of third-party apps and of their models.
APPS = {
    "auth": "People and groups",
    "axes": "Failed sign-ins",
    "otp_totp": "Second factor",
    "taggit": "Tags",
}
MODELS = {
    "axes.AccessAttempt": ("failed sign-in", "failed sign-ins"),
    "otp_totp.TOTPDevice": ("app for codes", "apps for codes"),
}


class AccountsConfig(AppConfig):
    name = "casebase.desk.accounts"

    def ready(self):
        from casebase.desk.accounts import audit_log, sessions

        user_logged_in.connect(sessions.start_session)
        audit_log.connect_signals()
        rename_third_party_apps()


def rename_third_party_apps():
    """Set verbose names here, since changing them in the models takes migrations."""
    for label, name in APPS.items():
        apps.get_app_config(label).verbose_name = name
    for label, names in MODELS.items():
        options = apps.get_model(label)._meta
        options.verbose_name, options.verbose_name_plural = names

"""The app of accounts. Connects signals, and renames third-party apps."""

from django.apps import AppConfig, apps
from django.contrib.auth.signals import user_logged_in

# The names of third-party apps and of their models in the admin.
APP_NAMES = {
    "auth": "People and groups",
    "axes": "Failed sign-ins",
    "otp_totp": "Second factor",
    "taggit": "Tags",
}
MODEL_NAMES = {
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
    """Set verbose names, which in the models themselves would take migrations."""
    for label, name in APP_NAMES.items():
        apps.get_app_config(label).verbose_name = name
    for label, names in MODEL_NAMES.items():
        options = apps.get_model(label)._meta
        options.verbose_name, options.verbose_name_plural = names

"""The app, which watches what happens to accounts."""

from django.apps import AppConfig, apps
from django.contrib.auth.signals import user_logged_in

# What other people's apps are called at the desk, and models of theirs.
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

        user_logged_in.connect(sessions.begin)
        audit_log.begin()
        say_it_plainly()


def say_it_plainly():
    """Migrations go by what the models say themselves, which stays."""
    for label, name in APPS.items():
        apps.get_app_config(label).verbose_name = name
    for label, names in MODELS.items():
        options = apps.get_model(label)._meta
        options.verbose_name, options.verbose_name_plural = names

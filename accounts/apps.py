"""The app, which watches what happens to accounts."""

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self):
        from accounts import sessions, watching

        user_logged_in.connect(sessions.begin)
        watching.begin()

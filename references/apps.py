"""The references app: works, and the people and bodies who made them."""

from django.apps import AppConfig


class ReferencesConfig(AppConfig):
    name = "references"
    verbose_name = "Works and people"

    def ready(self):
        from references.citing import citing

        citing.autodiscover()

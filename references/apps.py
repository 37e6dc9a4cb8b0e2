"""The references app: the works that statements rest on."""

from django.apps import AppConfig


class ReferencesConfig(AppConfig):
    name = "references"
    verbose_name = "Works and people"

    def ready(self):
        from references.citing import citing

        citing.autodiscover()

"""The initiatives app: cases, their findings and the codebook."""

from django.apps import AppConfig


class InitiativesConfig(AppConfig):
    name = "initiatives"
    verbose_name = "Cases and codebook"

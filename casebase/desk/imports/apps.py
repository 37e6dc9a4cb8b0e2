"""The intake app: uploads, and what becomes of them."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "casebase.desk.imports"
    label = "intake"

"""The app of uploads and imports; its label is “intake”."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "casebase.desk.imports"
    label = "intake"

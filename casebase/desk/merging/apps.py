"""The app of merges, each of which can be undone."""

from django.apps import AppConfig


class MergingConfig(AppConfig):
    name = "casebase.desk.merging"

"""The merging app: merges of records, and how each is taken back."""

from django.apps import AppConfig


class MergingConfig(AppConfig):
    name = "casebase.desk.merging"

"""The history app: versions of records, and the edits that made them."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class HistoryConfig(AppConfig):
    name = "casebase.history"

    def ready(self):
        from casebase.changes.writing import FOLLOWERS
        from casebase.history import following

        FOLLOWERS.append(following.keep_versions)
        post_migrate.connect(following.after_migrations, sender=self)

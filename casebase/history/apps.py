"""The history app: versions of records, and the edits that made them."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class HistoryConfig(AppConfig):
    name = "casebase.history"

    def ready(self):
        from casebase.change_tracking.transactions import FOLLOWERS
        from casebase.history import version_recording

        FOLLOWERS.append(version_recording.keep_versions)
        post_migrate.connect(version_recording.after_migrations, sender=self)

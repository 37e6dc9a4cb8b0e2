"""The history app: versions of records, and the edits that made them."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class HistoryConfig(AppConfig):
    name = "casebase.history"

    def ready(self) -> None:
        from casebase.change_tracking.transactions import DERIVED_DATA_UPDATERS
        from casebase.history import version_recording
        from casebase.history.model_history import versioned

        versioned.autodiscover()
        DERIVED_DATA_UPDATERS.append(version_recording.record_versions)
        post_migrate.connect(version_recording.after_migrations, sender=self)

"""The app of change tracking: a version of all records, and which were touched."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class ChangesConfig(AppConfig):
    name = "casebase.change_tracking"
    label = "changes"

    def ready(self) -> None:
        from casebase.change_tracking import triggers
        from casebase.change_tracking.tracked_tables import tracked

        tracked.autodiscover()
        pre_migrate.connect(triggers.prepare_for_migrate, sender=self)
        post_migrate.connect(triggers.create_after_migrate, sender=self)

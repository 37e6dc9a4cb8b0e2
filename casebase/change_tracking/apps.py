"""The changes app: a number for the state of the records, and which were touched."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class ChangesConfig(AppConfig):
    name = "casebase.change_tracking"
    label = "changes"

    def ready(self):
        from casebase.change_tracking import triggers
        from casebase.change_tracking.tracked_tables import tracked

        tracked.autodiscover()
        # SQLite renames no table that a trigger speaks of, and drops the triggers of a
        # table with it: migrations run without them.
        pre_migrate.connect(triggers.before_migrations, sender=self)
        post_migrate.connect(triggers.after_migrations, sender=self)

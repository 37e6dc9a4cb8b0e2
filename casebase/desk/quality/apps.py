"""The app of data quality. Its label, upkeep, is also that of its tables."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class UpkeepConfig(AppConfig):
    name = "casebase.desk.quality"
    label = "upkeep"
    verbose_name = "Links and likely duplicates"

    def ready(self):
        from casebase.change_tracking.transactions import DERIVED_DATA_UPDATERS
        from casebase.desk.quality import derived_updates

        DERIVED_DATA_UPDATERS.append(derived_updates.update_derived)
        post_migrate.connect(derived_updates.rebuild_after_migrations, sender=self)

"""The app of data quality. Its label, upkeep, is also that of its tables."""

from datetime import timedelta

from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_migrate


class UpkeepConfig(AppConfig):
    name = "casebase.desk.quality"
    label = "upkeep"
    verbose_name = "Links and likely duplicates"

    def ready(self):
        from casebase.change_tracking.transactions import DERIVED_DATA_UPDATERS
        from casebase.desk.quality import derived_updates
        from casebase.jobs.schedules import SCHEDULES, Schedule

        check_links = Schedule(
            "check-links",
            "Check links",
            "casebase.desk.quality.links.due_links.check_as_job",
            every=timedelta(days=1) if settings.CHECK_LINKS else None,
        )
        derive = Schedule(
            "derive",
            "Rebuild the figures of the desk",
            "casebase.desk.quality.derived_updates.rebuild_as_job",
        )
        SCHEDULES.extend([check_links, derive])
        DERIVED_DATA_UPDATERS.append(derived_updates.update_derived)
        post_migrate.connect(derived_updates.rebuild_after_migrations, sender=self)

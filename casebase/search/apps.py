"""The search app: which records have the words of a query."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SearchConfig(AppConfig):
    name = "casebase.search"

    def ready(self) -> None:
        from casebase.change_tracking.transactions import DERIVED_DATA_UPDATERS
        from casebase.jobs.schedules import SCHEDULES, Schedule
        from casebase.search.index_tables import create_missing_tables
        from casebase.search.indexing import update_index
        from casebase.search.searched_records import searched

        searched.autodiscover()
        DERIVED_DATA_UPDATERS.append(update_index)
        rebuild = "casebase.search.rebuilding.rebuild_as_job"
        SCHEDULES.append(Schedule("search", "Rebuild the search index", rebuild))
        post_migrate.connect(create_missing_tables, sender=self)

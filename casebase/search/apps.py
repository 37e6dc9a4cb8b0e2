"""The search app."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "casebase.search"

    def ready(self):
        from casebase.change_tracking.transactions import FOLLOWERS
        from casebase.search.indexing import follow

        FOLLOWERS.append(follow)

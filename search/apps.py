"""The search app."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"

    def ready(self):
        from changes.writing import FOLLOWERS
        from search.indexing import follow

        FOLLOWERS.append(follow)

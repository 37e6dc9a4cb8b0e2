"""The app of facets: the index in memory that lists are counted from."""

from django.apps import AppConfig


class FacetsConfig(AppConfig):
    name = "casebase.facets"

    def ready(self) -> None:
        from casebase.facets.snapshot import faceted

        faceted.autodiscover()

"""The questions the site asks about cases, findings and the codebook."""

from django.db import models
from django.db.models import Exists, OuterRef, Q


class SchemeQuerySet(models.QuerySet):
    """Schemes …"""

    def get_by_natural_key(self, slug):
        return self.get(slug=slug)


class OrganisationQuerySet(models.QuerySet):
    """Organisations …"""

    def get_by_natural_key(self, name):
        return self.get(name=name)


class ConceptQuerySet(models.QuerySet):
    """Terms …"""

    def get_by_natural_key(self, scheme, slug):
        return self.get(scheme=scheme, slug=slug)

    def in_scheme(self, slug):
        return self.filter(scheme=slug)

    def codable(self):
        """… that findings may be coded with: headings only group others."""
        return self.filter(is_heading=False)


class InitiativeQuerySet(models.QuerySet):
    """Initiatives …"""

    def get_by_natural_key(self, slug):
        return self.get(slug=slug)

    def published(self):
        """… that readers may see. Every public page begins here."""
        return self.filter(status="published")

    def withdrawn(self):
        return self.filter(status="withdrawn")

    def in_country(self, code):
        return self.filter(country=code)

    def running_in(self, year):
        """… known to have begun by that year and not known to have ended before it."""
        return self.filter(start_year__lte=year).exclude(end_year__lt=year)


class FindingQuerySet(models.QuerySet):
    """Findings …"""

    def get_by_natural_key(self, short_id):
        return self.get(short_id=short_id)

    def published(self):
        """… that readers may see: of a published case, and with a source."""
        return self.filter(initiative__status="published").sourced()

    def sourced(self):
        return self.filter(self._has_source())

    def unsourced(self):
        return self.filter(~self._has_source())

    def statements(self):
        """… other than the modes, which say what a case is, not what it found."""
        return self.exclude(kind="mode")

    def _has_source(self):
        sources = self.model._meta.get_field("sources").related_model
        return Exists(sources.objects.filter(finding=OuterRef("pk")))

    def with_sources(self):
        """… with what a statement on a page shows: term, strategies, numbered works."""
        return self.select_related("concept").prefetch_related(
            "strategies", "sources__reference__contributions__person"
        )


class SourceQuerySet(models.QuerySet):
    """Uses of works …"""

    def published(self):
        """… that readers may see: of the codebook, or of a published case."""
        return self.filter(
            Q(finding__initiative__status="published")
            | Q(conflict__initiative__status="published")
            | Q(concept__isnull=False)
            | Q(scheme__isnull=False)
        )

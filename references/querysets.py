"""Queries for works, and for the people and bodies who made them."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q


class PersonQuerySet(models.QuerySet):
    """A queryset of people and bodies."""

    def get_by_natural_key(self, slug):
        return self.get(slug=slug)

    def by_former_slug(self, slugs):
        """Return a dictionary from former slug to person; other slugs are missing.

        When two people are merged, the one that stays gets the slug of the other as a
        former slug. Makes one query, or none without slugs.
        """
        if not slugs:
            return {}
        people = self.annotate(former_slug=F("former_slugs__slug"))
        people = people.filter(former_slug__in=slugs)
        return {person.former_slug: person for person in people}


class ReferenceQuerySet(models.QuerySet):
    """A queryset of works."""

    def get_by_natural_key(self, key):
        return self.get(key=key)

    def with_current_or_former_key(self, key):
        """Filter by the citekey, which the work has or once had."""
        return self.filter(Q(key=key) | Q(former_keys__key=key)).distinct()

    def uncited(self):
        """Filter by works that no finding, conflict, term or scheme has as a source."""
        uses = self.model._meta.get_field("uses").related_model
        return self.filter(~Exists(uses.objects.filter(reference=OuterRef("pk"))))

    def missing_accessed_date(self):
        """Filter by undated works that have an address but no date of reading.

        Styles print “Retrieved …” for an undated page only with the date of reading. A
        work with a DOI, which is permanent, needs none.
        """
        undated = self.filter(issued_year=None, accessed_year=None, doi="")
        return undated.exclude(url="")

    def with_dates(self):
        """Annotate with ``appeared_on`` and ``changed_on``, which cases have too."""
        return self.annotate(appeared_on=F("added_on"), changed_on=F("revised_on"))

    def recently_changed(self):
        """Sort by the day of addition or the latest change, the latest first."""
        return self.with_dates().order_by("-changed_on", "key")

    def with_contributors(self):
        """Prefetch authors and editors in order, as a citation needs them."""
        return self.prefetch_related("contributions__person")

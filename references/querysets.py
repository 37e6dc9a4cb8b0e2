"""The questions the site asks about works and the people who made them."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q


class PersonQuerySet(models.QuerySet):
    """People and bodies …"""

    def get_by_natural_key(self, slug):
        return self.get(slug=slug)

    def by_former_slug(self, slugs):
        """Former slug → person, for those of the slugs that a person once had.

        Merging two people keeps the slug of the one that goes. One query, or none where
        there are no slugs.
        """
        if not slugs:
            return {}
        people = self.annotate(former_slug=F("former_slugs__slug"))
        people = people.filter(former_slug__in=slugs)
        return {person.former_slug: person for person in people}


class ReferenceQuerySet(models.QuerySet):
    """Works …"""

    def get_by_natural_key(self, key):
        return self.get(key=key)

    def called(self, key):
        """… that have this key or once had it."""
        return self.filter(Q(key=key) | Q(former_keys__key=key)).distinct()

    def uncited(self):
        """… that nothing rests on: no finding, conflict, term or scheme."""
        uses = self.model._meta.get_field("uses").related_model
        return self.filter(~Exists(uses.objects.filter(reference=OuterRef("pk"))))

    def without_day_of_reading(self):
        """… undated, read at an address of their own, and nobody says when.

        Styles print “Retrieved …” for an undated page only with the day of reading. A
        DOI stands for ever and needs none.
        """
        undated = self.filter(issued_year=None, accessed_year=None, doi="")
        return undated.exclude(url="")

    def with_dates(self):
        """… with ``appeared_on`` and ``changed_on``, as cases have them."""
        return self.annotate(appeared_on=F("added_on"), changed_on=F("revised_on"))

    def recently_changed(self):
        """… those added or changed last first."""
        return self.with_dates().order_by("-changed_on", "key")

    def with_contributors(self):
        """… with authors and editors fetched in order, as a citation needs them."""
        return self.prefetch_related("contributions__person")

"""The questions the site asks about works and the people who made them."""

from django.db import models


class PersonQuerySet(models.QuerySet):
    """People and bodies …"""

    def get_by_natural_key(self, slug):
        return self.get(slug=slug)


class ReferenceQuerySet(models.QuerySet):
    """Works …"""

    def get_by_natural_key(self, key):
        return self.get(key=key)

    def with_contributors(self):
        """… with authors and editors fetched in order, as a citation needs them."""
        return self.prefetch_related("contributions__person")

"""The querysets of the counter and of touched records."""

from collections import defaultdict

from django.db import models


class CounterQuerySet(models.QuerySet):
    def current(self):
        """Return the current version of the records. One query."""
        return self.values_list("version", flat=True).get()


class TouchedQuerySet(models.QuerySet):
    def since(self, version):
        """Return the records that may have changed after this version."""
        return self.filter(version__gt=version)

    def pending(self):
        """Return the records whose derived data are not up to date yet."""
        return self.filter(is_followed=False)

    def by_kind(self):
        """Return a mapping of kind → set of primary keys. One query."""
        keys = defaultdict(set)
        for kind, key in self.values_list("kind", "key"):
            keys[kind].add(key)
        return keys

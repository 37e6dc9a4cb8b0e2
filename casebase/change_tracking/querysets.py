"""What may be asked about changes."""

from collections import defaultdict

from django.db import models


class CounterQuerySet(models.QuerySet):
    """The counter …"""

    def current(self):
        """The number of the present state. One query."""
        return self.values_list("version", flat=True).get()


class TouchedQuerySet(models.QuerySet):
    """Touched records …"""

    def since(self, version):
        """… that may differ from how they were in the state of this number."""
        return self.filter(version__gt=version)

    def unfollowed(self):
        """… that are not yet in what is derived within the database."""
        return self.filter(is_followed=False)

    def by_kind(self):
        """Kind → set of primary keys. One query."""
        keys = defaultdict(set)
        for kind, key in self.values_list("kind", "key"):
            keys[kind].add(key)
        return keys

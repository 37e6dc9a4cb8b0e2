"""The querysets of the counter and of touched records."""

from collections import defaultdict
from typing import Any, Self

from django.db import models

from casebase.change_tracking.replica_counter import replica_counter


class CounterQuerySet(models.QuerySet):
    def read(self) -> Any:
        """Return the counter. One query; none if the request reads from a replica."""
        return replica_counter.get() or self.get()

    def current(self) -> int:
        """Return the current version of the records. Queries as ``read``."""
        version: int = self.read().version
        return version


class TouchedQuerySet(models.QuerySet):
    def since(self, version: int) -> Self:
        """Return the records that may have changed after this version."""
        return self.filter(version__gt=version)

    def pending(self) -> Self:
        """Return the records whose derived data are not up to date yet."""
        return self.filter(is_followed=False)

    def by_kind(self) -> dict[str, set[int]]:
        """Return a mapping of kind → set of primary keys. One query."""
        keys: defaultdict[str, set[int]] = defaultdict(set)
        for kind, key in self.values_list("kind", "key"):
            keys[kind].add(key)
        return keys

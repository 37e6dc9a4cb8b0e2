"""Queries for edits and versions."""

from collections.abc import Iterable
from typing import Any, Self

from django.db import models
from django.db.models import Count, Exists, Max, OuterRef

from casebase.registry import kind_of


class EditQuerySet(models.QuerySet):
    """Edits …"""

    def with_counts(self) -> Self:
        """… with ``n_records``, the number of records that each changed."""
        return self.annotate(n_records=Count("versions"))


class VersionQuerySet(models.QuerySet):
    """Versions …"""

    def of(self, kind: str, key: int) -> Self:
        """… of one record, the latest first."""
        return self.filter(kind=kind, key=key).order_by("-number")

    def public_of(self, record: models.Model) -> Self:
        """… of this record that readers could see when they were made, with edits."""
        versions = self.of(kind_of(record), record.pk)
        return versions.public().select_related("edit")

    def public_numbers(self, kind: str, keys: Iterable[int]) -> dict[int, int]:
        """Return key → the number of the latest version that readers could see."""
        versions = self.filter(kind=kind, key__in=keys).public().order_by()
        return dict(versions.values_list("key").annotate(Max("number")))

    def public(self) -> Self:
        """… that readers could see when they were made."""
        return self.filter(is_public=True)

    def latest(self) -> Self:
        """… that are the last of their record."""
        return self.filter(~Exists(self._same_record(number__gt=OuterRef("number"))))

    def superseded(self) -> Self:
        """… that are not the last of their record."""
        return self.filter(Exists(self._same_record(number__gt=OuterRef("number"))))

    def preceding(self, edit: models.Model) -> Self:
        """… that records had when the edit changed them."""
        following = self._same_record(number=OuterRef("number") + 1, edit=edit)
        return self.filter(Exists(following))

    def _same_record(self, **conditions: Any) -> models.QuerySet[Any]:
        return self.model.objects.filter(
            kind=OuterRef("kind"), key=OuterRef("key"), **conditions
        )

"""What may be asked about edits and versions."""

from django.db import models
from django.db.models import Count, Exists, OuterRef


class EditQuerySet(models.QuerySet):
    """Edits …"""

    def with_counts(self):
        """… with ``n_records``, the number of records that each changed."""
        return self.annotate(n_records=Count("versions"))


class VersionQuerySet(models.QuerySet):
    """Versions …"""

    def of(self, kind, key):
        """… of one record, the latest first."""
        return self.filter(kind=kind, key=key).order_by("-number")

    def of_public_case(self, key):
        """… of a case that readers could see when they were made, the latest first."""
        return self.of("initiative", key).public().select_related("edit")

    def public(self):
        """… that readers could see when they were made."""
        return self.filter(is_public=True)

    def latest(self):
        """… that no other came after."""
        return self.filter(~Exists(self._same_record(number__gt=OuterRef("number"))))

    def overtaken(self):
        """… that others came after."""
        return self.filter(Exists(self._same_record(number__gt=OuterRef("number"))))

    def before(self, edit):
        """… as which an edit found the records that it changed."""
        next_one = self._same_record(number=OuterRef("number") + 1, edit=edit)
        return self.filter(Exists(next_one))

    def _same_record(self, **conditions):
        return self.model.objects.filter(
            kind=OuterRef("kind"), key=OuterRef("key"), **conditions
        )

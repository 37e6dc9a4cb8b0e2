"""Ids of findings that readers could see once, and can't any more."""

from django.db import models

from casebase.history.models import Version
from initiatives.models.findings import Finding


class RemovedFinding(models.Model):
    """A finding that a version of its case removed from what readers see.

    It stays if the finding comes back, and is brought up to date if that goes again.
    ``casebase/history/`` keeps the versions; this finds the right one by an index.
    """

    short_id = models.CharField(
        max_length=Finding._meta.get_field("short_id").max_length, unique=True
    )
    version = models.ForeignKey(
        Version,
        on_delete=models.CASCADE,
        related_name="+",
        help_text="The last one in which readers could see it",
    )

    class Meta:
        # Written with the versions, never by a person.
        default_permissions = ()

    def __str__(self):
        return self.short_id

"""The completeness of each case, stored so that one query can count all cases."""

from django.db import models

from casebase.desk.quality.querysets import CompletenessQuerySet
from initiatives.models import Initiative


class Completeness(models.Model):
    """What is missing in one case. ``derived_updates.py`` updates it.

    The columns ``empty`` and ``in_vain`` are bit masks of kinds of finding, in the
    order of ``initiatives.case_page.KIND_ORDER``.
    """

    initiative = models.OneToOneField(
        Initiative,
        primary_key=True,
        on_delete=models.DB_CASCADE,
        related_name="completeness",
    )
    status = models.CharField(max_length=10, help_text="That of the case")
    empty = models.PositiveIntegerField(help_text="Kinds of which nothing is said")
    in_vain = models.PositiveIntegerField(help_text="Kinds looked for and not found")
    n_single_source = models.PositiveIntegerField("findings on a single source")
    n_unlocated = models.PositiveIntegerField("coded findings without a locator")
    n_to_gain = models.PositiveIntegerField(
        "findings that an independent source would raise by two levels", default=0
    )
    in_review_since = models.DateField(
        null=True, help_text="If it is in review and the day is known"
    )

    objects = CompletenessQuerySet.as_manager()

    def __str__(self):
        return str(self.initiative)

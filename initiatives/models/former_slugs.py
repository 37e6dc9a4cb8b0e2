"""Former slugs, so that an address keeps working when a slug changes."""

from django.db import models
from django.db.models import Q

from initiatives.models.concepts import Concept
from initiatives.models.initiatives import Initiative


class FormerSlug(models.Model):
    """A slug that a case or a term once had; its address redirects for ever."""

    slug = models.SlugField(max_length=80)
    initiative = models.ForeignKey(
        Initiative,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="former_slugs",
    )
    concept = models.ForeignKey(
        Concept,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="former_slugs",
    )

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(initiative__isnull=False, concept__isnull=True)
                | Q(initiative__isnull=True, concept__isnull=False),
                name="former_slug_has_one_owner",
                violation_error_message="A former slug belongs to one case or term.",
            ),
            models.UniqueConstraint(
                fields=["slug"],
                condition=Q(initiative__isnull=False),
                name="former_slug_of_one_initiative",
                violation_error_message="Another case once had this slug.",
            ),
            models.UniqueConstraint(
                fields=["concept", "slug"], name="former_slug_of_concept_is_said_once"
            ),
        ]

    def __str__(self):
        return self.slug

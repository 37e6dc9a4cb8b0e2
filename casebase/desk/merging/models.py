"""Merges, and the former slugs of people who were merged."""

from django.conf import settings
from django.db import models
from django.urls import reverse

from references.models import Person


class Merge(models.Model):
    """A merge of two records: who made it, and every row that it wrote."""

    kind = models.CharField(
        max_length=20, help_text="A word of casebase/desk/merging/mergeable.py"
    )
    kept = models.CharField(max_length=300, help_text="What the one that stays was")
    gone = models.CharField(max_length=300, help_text="What the one that went was")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="merges",
        verbose_name="who",
    )
    at = models.DateTimeField("when", auto_now_add=True)
    steps = models.JSONField(help_text="Rows as they were and became; see journal.py")
    edit = models.ForeignKey(
        "history.Edit", null=True, on_delete=models.SET_NULL, related_name="merges"
    )
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        # Permissions are those of the merged kind; see mergeable.Kind.
        default_permissions = ()

    def __str__(self):
        return f"{self.gone} into {self.kept}"

    def get_absolute_url(self):
        return reverse("merging:merge", args=[self.pk])

    @property
    def can_be_undone(self):
        """Whether it has not been undone yet, neither here nor in the history."""
        in_history = self.edit is not None and self.edit.undone_by.exists()
        return self.undone_at is None and not in_history


class FormerPersonSlug(models.Model):
    """A former slug of a person in addresses, as in ?author=loffler-e."""

    slug = models.SlugField(max_length=120, unique=True)
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="former_slugs"
    )

    class Meta:
        ordering = ["slug"]
        default_permissions = ()

    def __str__(self):
        return self.slug

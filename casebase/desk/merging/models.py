"""Merges that were made, and the addresses of people who are now others."""

from django.conf import settings
from django.db import models
from django.urls import reverse

from references.models import Person


class Merge(models.Model):
    """Two records that became one: who did it, and every row that it wrote."""

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
        # Of whoever may change such records.
        default_permissions = ()

    def __str__(self):
        return f"{self.gone} into {self.kept}"

    def get_absolute_url(self):
        return reverse("merging:merge", args=[self.pk])

    @property
    def can_be_undone(self):
        """Unless it was, here or in the history."""
        in_history = self.edit is not None and self.edit.undone_by.exists()
        return self.undone_at is None and not in_history


class FormerPersonSlug(models.Model):
    """A slug that a person once had in addresses: ?author=loffler-e."""

    slug = models.SlugField(max_length=120, unique=True)
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="former_slugs"
    )

    class Meta:
        ordering = ["slug"]
        default_permissions = ()

    def __str__(self):
        return self.slug

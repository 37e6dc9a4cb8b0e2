"""Uploads: files that wait to be confirmed and imported."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from casebase.desk.imports.querysets import UploadQuerySet

# Larger uploads are previewed and imported by a job.
MAX_FILES_WITHOUT_JOB = 25


def random_token():
    """Return a token that can't be guessed; addresses and job ids are made of it."""
    return secrets.token_urlsafe(24)


def in_a_week():
    return timezone.now() + timedelta(days=7)


class Upload(models.Model):
    """The files that a person wants to import, and the report of the import.

    The files are deleted when they are imported, or after a week.
    """

    class Kind(models.TextChoices):
        CASES = "cases", "Cases"
        WORKS = "works", "Works"
        FINDINGS = "findings", "Findings"

    class State(models.TextChoices):
        OPEN = "open", "To be confirmed"
        CONFIRMED = "confirmed", "Being imported"
        DONE = "done", "Imported"

    # Above this number, the oldest uploads of a person are deleted.
    MAX_PER_USER = 20

    token = models.CharField(max_length=40, unique=True, default=random_token)
    kind = models.CharField(max_length=10, choices=Kind)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="uploads"
    )
    at = models.DateTimeField(auto_now_add=True)
    expires = models.DateTimeField(default=in_a_week)
    name = models.CharField(max_length=200, help_text="The name of the files")
    content = models.BinaryField(help_text="The file; several as a zip of them")
    preview = models.BinaryField(
        null=True, help_text="What a job has compared; see stored_previews.py"
    )
    n_files = models.PositiveIntegerField(default=1)
    options = models.JSONField(default=dict, help_text="What the curator chose")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    mark = models.CharField(
        max_length=64, blank=True, help_text="The digest of the confirmed preview"
    )
    attempt = models.PositiveIntegerField(
        default=0, help_text="Each preview and each confirmation is a new attempt"
    )
    report = models.JSONField(default=dict, help_text="What was imported")

    edit = models.ForeignKey(
        "history.Edit", null=True, on_delete=models.SET_NULL, related_name="uploads"
    )

    objects = UploadQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        # Only the person who uploaded it may see it, so it has no permissions.
        default_permissions = ()

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("imports:upload", args=[self.token])

    @property
    def is_large(self):
        """Whether a job previews and imports it."""
        return self.n_files > MAX_FILES_WITHOUT_JOB

    def confirm(self, mark, choices):
        """Confirm the preview with this mark, unless the upload is imported already."""
        self.options |= {"choices": choices}
        self.save(update_fields=["options"])
        self._set_state(self.State.CONFIRMED, mark)

    def reopen(self):
        """Return to the preview, unless the upload is imported already."""
        self._set_state(self.State.OPEN, "")

    def _set_state(self, state, mark):
        # The database checks the state, because another request may have changed it.
        still = Upload.objects.filter(pk=self.pk).exclude(state=self.State.DONE)
        still.update(state=state, mark=mark, attempt=F("attempt") + 1)
        self.refresh_from_db(fields=["state", "mark", "attempt"])

    def finish(self, report, edit):
        """Mark the upload as imported, and delete its files."""
        self.state, self.report, self.edit = self.State.DONE, report, edit
        self.content, self.preview = b"", None
        self.save(update_fields=["state", "report", "edit", "content", "preview"])

    @property
    def can_be_undone(self):
        """Whether it made an edit that has not been undone yet."""
        return self.edit is not None and not self.edit.undone_by.exists()

"""Edits, and the versions of records that they made."""

from datetime import date

from django.conf import settings
from django.db import models

from casebase.history.content import parse_content
from casebase.history.model_history import versioned
from casebase.history.querysets import EditQuerySet, VersionQuerySet


class Edit(models.Model):
    """One transaction that changed records: when, who and why.

    Deactivate accounts of people who have left: deleting one would empty ``by``.
    """

    class Act(models.TextChoices):
        FORM = "form", "At the desk"
        LOAD = "load", "Load of files"
        IMPORT = "import", "Import"
        MERGE = "merge", "Merge"
        RESTORE = "restore", "Restored version"
        UNDO = "undo", "Undone edit"
        ELSEWHERE = "elsewhere", "Outside the desk"
        BEGINNING = "beginning", "Start of the history"

    WHY_LENGTH = 300

    at = models.DateTimeField("when", auto_now_add=True, db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="edits",
        verbose_name="who",
    )
    act = models.CharField("how", max_length=20, choices=Act)
    why = models.CharField(max_length=WHY_LENGTH, blank=True)
    undoes = models.ForeignKey(
        "self",
        null=True,
        on_delete=models.PROTECT,
        related_name="undone_by",
        help_text="The edit that this one undid",
    )

    objects = EditQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        # Whoever may change a record may see its history.
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.get_act_display()}, {self.at:%-d %B %Y, %H:%M}"

    @property
    def can_be_undone(self) -> bool:
        """Whether there are states to go back to: none is older than the history."""
        return self.act != self.Act.BEGINNING


class Version(models.Model):
    """One record as an edit left it, as a whole, or a note that the edit deleted it.

    Versions of a record are counted from 1, whether they were public or not. They are
    never changed, so a number always means the same.
    """

    kind = models.CharField(max_length=50, help_text="See casebase/registry.py")
    key = models.BigIntegerField(help_text="The primary key of the record")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=160, help_text="What addresses call it")
    # Text and no JSON column: equal texts are equal contents, on every database.
    content = models.TextField(
        blank=True, help_text="Its sheet, CSL item or term as JSON; empty when deleted"
    )
    is_public = models.BooleanField(help_text="Whether readers could see it")
    edit = models.ForeignKey(Edit, on_delete=models.PROTECT, related_name="versions")

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "key", "-number"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key", "number"], name="version_is_numbered_once"
            )
        ]
        indexes = [models.Index(fields=["kind", "name"], name="version_name")]

    def __str__(self) -> str:
        return f"{self.name}, version {self.number}"

    @property
    def day(self) -> date:
        """The date that the record has, or the date of the edit."""
        own = versioned[self.kind].date_of(parse_content(self.content))
        return own or self.edit.at.date()

    @property
    def is_deletion(self) -> bool:
        """Whether it says that the record was deleted."""
        return not self.content

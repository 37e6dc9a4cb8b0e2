"""Optimistic locking: a form never overwrites a version that its user has not seen."""

from functools import cached_property

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget

from casebase.change_tracking.models import Touched
from casebase.change_tracking.transactions import lock_for_writing
from casebase.desk.admin.base import DeskForm
from casebase.history.model_history import versioned
from casebase.history.models import Edit, Version
from casebase.history.pages import desk_address
from casebase.history.version_recording import new_versions
from casebase.registry import kind_of

# Fields about the change. They are not part of the record.
FIELDS_OF_CHANGE = ("why", "opened_at")


class OptimisticLockForm(DeskForm):
    """The form of a record with versions, or of a part of one, with a note on why.

    It contains the number of the version that it was opened with. If the record has a
    newer version when the form is sent, the form is invalid unless it names the newer
    version as the one to overwrite.
    """

    why = forms.CharField(
        label="What changed, and why",
        max_length=Edit.WHY_LENGTH,
        required=False,
        help_text="One line for the history. Readers do not see it",
        widget=AdminTextInputWidget,
    )
    opened_at = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and not self.is_bound:
            self.initial["opened_at"] = current_version_number(self.record)

    @property
    def record(self):
        """The record that has the versions."""
        return self.instance

    @cached_property
    def changed_data(self):
        return [name for name in super().changed_data if name not in FIELDS_OF_CHANGE]

    def clean(self):
        super().clean()
        if self.instance.pk and self.newer_version:
            sentence = "Someone else saved this meanwhile; yours is not saved yet."
            self.add_error(None, sentence)

    @property
    def newer_version(self):
        """The latest version of the record if the user has not seen it, or None.

        It is only looked up for submitted forms, because that locks the database.
        """
        is_submitted = self.is_bound and self.instance.pk
        return find_newer_version(self.record, self.data) if is_submitted else None

    @property
    def what_changed(self):
        """The address of a page that shows what others changed since."""
        return desk_address(self.newer_version, since=self.data.get("opened_at", ""))


def find_newer_version(record, data):
    """Return the latest version if the submitted data does not name it, or None.

    It is looked up once and cached on the record. The database is locked for writing
    from then on.
    """
    if not hasattr(record, "newer_version"):
        lock_for_writing()
        last = versions_of(record).select_related("edit__by").first()
        seen = data.get("opened_at"), data.get("over")
        record.newer_version = last if last and str(last.number) not in seen else None
    return record.newer_version


def versions_of(record):
    return Version.objects.of(kind_of(record), record.pk)


def current_version_number(record):
    """Return the number of the record's current version, even if not yet recorded."""
    kind, key = kind_of(record), record.pk
    last = versions_of(record).values_list("number", flat=True).first() or 0
    if not Touched.objects.pending().filter(kind=kind, key=key).exists():
        return last
    changes = new_versions(versioned[kind], [key])
    return changes[0][1].number if changes else last

"""Forms that are saved with a note, and never over a version that nobody saw."""

from functools import cached_property

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget

from casebase.change_tracking.models import Touched
from casebase.change_tracking.transactions import hold
from casebase.desk.admin.base import DeskForm
from casebase.history.model_history import versioned
from casebase.history.models import Edit, Version
from casebase.history.pages import desk_address
from casebase.history.version_recording import new_versions
from casebase.registry import kind_of

# They say something of the change, and nothing of the record.
NOTES = ("why", "opened_at")


class NotedForm(DeskForm):
    """The form of a record with versions, or of a part of one.

    It carries the number of the version at which it was opened. When the record has
    moved on since, the form is refused, unless it says over which version it goes.
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
            self.initial["opened_at"] = number_of(self.record)

    @property
    def record(self):
        """What has the versions."""
        return self.instance

    @cached_property
    def changed_data(self):
        return [name for name in super().changed_data if name not in NOTES]

    def clean(self):
        super().clean()
        if self.instance.pk and self.moved_on:
            sentence = "Someone else saved this meanwhile; yours is not saved yet."
            self.add_error(None, sentence)

    @property
    def moved_on(self):
        """The version that the record has by now, if the form has not seen it.

        A new record has none, and nobody is to wait for it while the page is rendered.
        """
        is_sent = self.is_bound and self.instance.pk
        return moved_on(self.record, self.data) if is_sent else None

    @property
    def what_changed(self):
        """The address of what others changed meanwhile."""
        return desk_address(self.moved_on, since=self.data.get("opened_at", ""))


def moved_on(record, sent):
    """As the form's. Looked up once, after which nobody else can write."""
    if not hasattr(record, "moved_on"):
        hold()
        last = versions_of(record).select_related("edit__by").first()
        seen = sent.get("opened_at"), sent.get("over")
        record.moved_on = last if last and str(last.number) not in seen else None
    return record.moved_on


def versions_of(record):
    return Version.objects.of(kind_of(record), record.pk)


def number_of(record):
    """Of the version that says what the record says now, kept already or not."""
    kind, key = kind_of(record), record.pk
    last = versions_of(record).values_list("number", flat=True).first() or 0
    if not Touched.objects.unfollowed().filter(kind=kind, key=key).exists():
        return last
    kept_next = new_versions(versioned[kind], [key])
    return kept_next[0].number if kept_next else last

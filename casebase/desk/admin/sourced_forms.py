"""Forms of records with sources, which are edited together.

Django's admin has no inlines inside inlines. So the form of a finding contains the
formset of its sources, and both are validated before either is saved.
"""

from functools import cached_property

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.forms import inlineformset_factory

from casebase.desk.admin.base import (
    ROW_LIMIT,
    CachedAutocompleteSelect,
    DeskForm,
    DeskInline,
    PositionedFormSet,
)
from casebase.templatetags.form_errors import IN_ROWS
from initiatives.models import Conflict, Finding, Source
from initiatives.schemes import CODED_SCHEMES

# Field of a finding → the kinds that may have it. js/finding_form.js reads this.
ANSWERED = [*Finding.ANSWERED_KINDS]
COUNTED = ["outcome", "performance", "participation", "cost", "saving", "spread"]
KINDS_WITH = {
    "concept": [*CODED_SCHEMES],
    "response": ANSWERED,
    "strategies": ANSWERED,
    "year": [kind for kind in Finding.Kind.values if kind != Finding.Kind.MODE],
    "figure_value": COUNTED,
}
WORK = Source._meta.get_field("reference")


class SourceForm(DeskForm):
    """The form of a source, which has to say how the work was read."""

    class Meta:
        model = Source
        fields = ["reference", "locator", "url", "via", "position"]
        widgets = {"reference": CachedAutocompleteSelect(WORK, admin.site)}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["via"].required = True


class ConflictSourceForm(SourceForm):
    """The form of a source of a conflict, whose work may not have been read."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["via"].required = False


class SourceFormSet(PositionedFormSet):
    """The sources of one record, with a blank row if there are none yet."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.extra = 0 if self.get_queryset() else 1

    def get_queryset(self):
        return self._saved

    @cached_property
    def _saved(self):
        # Prefetched for all findings of a case, to avoid a query for each.
        return self.instance.sources.all() if self.instance.pk else []

    def will_have_sources(self):
        """Return whether the record will have a source after the formset is saved.

        Invalid sources count too, because they have errors of their own.
        """
        return not self.is_valid() or any(will_exist(form, self) for form in self.forms)


def will_exist(form, formset):
    """Return whether the row will exist after the formset is saved."""
    exists = form.instance.pk or form.has_changed()
    return exists and not formset._should_delete_form(form)


class SourcedForm(DeskForm):
    """The form of a record, with the formset of its sources in ``sources``."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.sources = self.source_formset(
            self.data if self.is_bound else None,
            instance=self.instance,
            prefix=self.add_prefix("sources"),
        )

    @property
    def media(self):
        return super().media + self.sources.empty_form.media

    def has_changed(self):
        return (
            super().has_changed()
            or not self.sources.management_form.is_valid()
            or self.sources.has_changed()
        )

    def clean(self):
        super().clean()
        if not self.sources.is_valid():
            words = "The sources need a correction; see below."
            self.add_error(None, ValidationError(words, code=IN_ROWS))

    def require_source(self):
        if not self.sources.will_have_sources():
            self.add_error(
                None, "A published case shows the source of every finding; add one."
            )

    def _save_m2m(self):
        super()._save_m2m()
        self.sources.save()


class FindingForm(SourcedForm):
    source_formset = inlineformset_factory(
        Finding, Source, SourceForm, SourceFormSet, fk_name="finding", **ROW_LIMIT
    )

    class Meta:
        labels = {"concept": "Term"}
        widgets = {
            name: AdminTextareaWidget({"rows": 3}) for name in ("statement", "response")
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.fields.keys() & KINDS_WITH:
            widget = self.fields[name].widget
            attrs = getattr(widget, "widget", widget).attrs
            attrs["data-kinds"] = " ".join(KINDS_WITH[name])

    @property
    def heading(self):
        return self.instance.heading


class ConflictForm(SourcedForm):
    source_formset = inlineformset_factory(
        Conflict,
        Source,
        ConflictSourceForm,
        SourceFormSet,
        fk_name="conflict",
        **ROW_LIMIT,
    )

    class Meta:
        widgets = {"note": AdminTextareaWidget({"rows": 3})}

    @property
    def heading(self):
        return self.instance.about


class ConflictFormSet(PositionedFormSet):
    """The conflicts of a case. Each offers the saved findings of the same case."""

    @cached_property
    def _finding_choices(self):
        if not self.instance.pk:
            return []
        findings = self.instance.findings.select_related("concept")
        return [(finding.pk, finding.heading) for finding in findings]

    def add_fields(self, form, index):
        super().add_fields(form, index)
        field = form.fields["findings"]
        field.queryset = Finding.objects.filter(initiative=self.instance.pk)
        # Read once for all rows.
        field.choices = self._finding_choices


class FindingFormSet(PositionedFormSet):
    """The findings of a case. Those of a published case need a source."""

    def clean(self):
        super().clean()
        if self.instance.status == self.instance.Status.PUBLISHED:
            for form in self.forms:
                if will_exist(form, self):
                    form.require_source()


class SourceInline(DeskInline, admin.TabularInline):
    """The sources on the page of a term or a scheme."""

    model = Source
    form = SourceForm
    formset = PositionedFormSet

    def get_queryset(self, request):
        sources = super().get_queryset(request).select_related("reference")
        return sources.prefetch_related("reference__contributions__person")

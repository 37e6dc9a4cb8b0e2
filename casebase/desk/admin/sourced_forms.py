"""Forms of records that have sources: both are edited as one.

Django's admin has no inlines inside inlines. Here the form of a finding carries the
formset of its sources, so that nothing can save one without judging the other.
"""

from functools import cached_property

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.forms import inlineformset_factory

from casebase.desk.admin.base import (
    LIMIT,
    CachedAutocompleteSelect,
    DeskForm,
    DeskInline,
    PositionedFormSet,
)
from casebase.templatetags.form_errors import IN_ROWS
from initiatives.models import Conflict, Finding, Source
from initiatives.schemes import CODED_SCHEMES

# Field of a finding → the kinds that may have it; read by js/finding_form.js.
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
    """The use of a work, saying how the work was read."""

    class Meta:
        model = Source
        fields = ["reference", "locator", "url", "via", "position"]
        widgets = {"reference": CachedAutocompleteSelect(WORK, admin.site)}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["via"].required = True


class ConflictSourceForm(SourceForm):
    """The use of a work that a conflict names, read or not."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["via"].required = False


class SourceFormSet(PositionedFormSet):
    """Sources of one record, and a blank one where there are none yet."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.extra = 0 if self.get_queryset() else 1

    def get_queryset(self):
        return self._saved

    @cached_property
    def _saved(self):
        # Fetched with the findings of a whole case, not record by record.
        return self.instance.sources.all() if self.instance.pk else []

    def keeps_any(self):
        """Whether the record will have a source once the formset is saved.

        Invalid sources count too, since they have errors of their own.
        """
        return not self.is_valid() or any(is_kept(form, self) for form in self.forms)


def is_kept(form, formset):
    """Whether the row will exist once the formset is saved."""
    exists = form.instance.pk or form.has_changed()
    return exists and not formset._should_delete_form(form)


class SourcedForm(DeskForm):
    """The form of a record that carries the formset of its sources."""

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
        if not self.sources.keeps_any():
            self.add_error(
                None, "A published case shows the source of every finding; add one."
            )

    def _save_m2m(self):
        super()._save_m2m()
        self.sources.save()


class FindingForm(SourcedForm):
    source_formset = inlineformset_factory(
        Finding, Source, SourceForm, SourceFormSet, fk_name="finding", **LIMIT
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
        **LIMIT,
    )

    class Meta:
        widgets = {"note": AdminTextareaWidget({"rows": 3})}

    @property
    def heading(self):
        return self.instance.about


class FindingFormSet(PositionedFormSet):
    """The findings of a case; those of a published one are sourced."""

    def clean(self):
        super().clean()
        if self.instance.status == self.instance.Status.PUBLISHED:
            for form in self.forms:
                if is_kept(form, self):
                    form.require_source()


class SourceInline(DeskInline, admin.TabularInline):
    """The sources of a term or a scheme, on a page of its own."""

    model = Source
    form = SourceForm
    formset = PositionedFormSet

    def get_queryset(self, request):
        sources = super().get_queryset(request).select_related("reference")
        return sources.prefetch_related("reference__contributions__person")

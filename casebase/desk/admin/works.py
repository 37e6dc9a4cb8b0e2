"""The admin of works, with their authors and editors."""

from datetime import date

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count

from casebase.desk.admin.base import (
    DeskAdmin,
    DeskInline,
    FormerAddressInline,
    PositionedFormSet,
)
from casebase.desk.admin.optimistic_locking import OptimisticLockForm
from casebase.desk.admin.record_history import HistoryAdminMixin
from casebase.desk.merging.actions import merge_two
from casebase.desk.quality.list_filters import AccessedDateFilter, CitedFilter
from references.csl_serializers import HAS_OTHERS_COLUMNS
from references.models import Contribution, FormerKey, Reference

# Remarks by editors. All other fields are part of a citation.
REMARKS = ("note", "correction", "chapter_position")


class ContributionFormSet(PositionedFormSet):
    """Authors and editors. “And others” needs at least one name."""

    def clean(self):
        super().clean()
        rows = [form for form in self.forms if not self._should_delete_form(form)]
        # An empty row has a default role, but no person.
        roles = {row.instance.role for row in rows if row.instance.person_id}
        for role, column in HAS_OTHERS_COLUMNS.items():
            if getattr(self.instance, column) and role not in roles:
                label = self.instance._meta.get_field(column).verbose_name
                raise ValidationError(f"“{label}” follows at least one name.")


class ContributionInline(DeskInline, admin.TabularInline):
    model = Contribution
    formset = ContributionFormSet
    fields = ["person", "role", "position"]
    autocomplete_fields = ["person"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("person")


class FormerKeyInline(FormerAddressInline):
    model = FormerKey
    fields = ["key"]


@admin.register(Reference)
class ReferenceAdmin(HistoryAdminMixin, DeskAdmin):
    address = "key"
    form = OptimisticLockForm
    inlines = [ContributionInline, FormerKeyInline]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "key",
                    "type",
                    "title",
                    "title_markup",
                    tuple(HAS_OTHERS_COLUMNS.values()),
                ]
            },
        ),
        (
            "Published",
            {
                "fields": [
                    ("issued_year", "issued_month", "issued_day"),
                    "container_title",
                    "collection_title",
                    ("volume", "issue", "page"),
                    ("number", "edition", "genre"),
                    ("publisher", "publisher_place"),
                    "authority",
                    ("event_title", "event_place"),
                    "language",
                ]
            },
        ),
        (
            "Where to read it",
            {
                "fields": [
                    "doi",
                    "url",
                    ("accessed_year", "accessed_month", "accessed_day"),
                ]
            },
        ),
        ("Notes", {"fields": [*REMARKS]}),
        ("Days", {"fields": [("added_on", "revised_on")]}),
    ]
    readonly_fields = ["added_on", "revised_on"]
    actions = [merge_two]
    list_display = ["key", "short_citation", "title", "type", "n_uses"]
    list_filter = [("chapter_position", admin.EmptyFieldListFilter), CitedFilter]
    list_filter += [AccessedDateFilter, "type"]
    search_fields = ["key", "title", "container_title", "doi", "people__family"]
    search_fields += ["people__literal"]
    search_help_text = "Words of the key, the titles, the DOI or a name"

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        names = any(f.has_changed() for f in formsets if f.model is Contribution)
        if names or set(form.changed_data) - {*REMARKS}:
            form.instance.revised_on = date.today()
            form.instance.save(update_fields=["revised_on"])

    def get_queryset(self, request):
        works = super().get_queryset(request).with_contributors()
        return works.annotate(n_uses=Count("uses", distinct=True))

    @admin.display(description="uses", ordering="n_uses")
    def n_uses(self, work):
        return work.n_uses

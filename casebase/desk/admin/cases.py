"""The admin of cases: one page with texts, findings, conflicts and all else."""

from datetime import date

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from taggit.models import Tag

from casebase.desk.admin.base import (
    DeskAdmin,
    DeskInline,
    FormerAddressInline,
    PositionedFormSet,
)
from casebase.desk.admin.findings import FindingInline
from casebase.desk.admin.geocoding import GeocodingAdminMixin
from casebase.desk.admin.optimistic_locking import OptimisticLockForm
from casebase.desk.admin.preview_links import PreviewLinkAdminMixin
from casebase.desk.admin.record_history import HistoryAdminMixin
from casebase.desk.admin.sourced_forms import ConflictForm, ConflictFormSet
from casebase.desk.admin.transitions import TransitionAdminMixin
from casebase.desk.imports.findings_export import ACTIONS
from casebase.desk.quality.list_filters import (
    LastSourceFilter,
    NothingFoundFilter,
    NotLookedForFilter,
)
from initiatives.case_page import KIND_ORDER, KIND_TITLES
from initiatives.models import (
    Conflict,
    Documentation,
    FormerSlug,
    Initiative,
    Involvement,
    country_names,
)


class ConflictInline(DeskInline, admin.StackedInline):
    model = Conflict
    form = ConflictForm
    formset = ConflictFormSet
    template = "admin/sourced_inline.html"
    fields = ["about", "note", "findings", "is_settled", "position"]

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        # The findings of the same case: see ConflictFormSet.
        kwargs["widget"] = forms.CheckboxSelectMultiple()
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_queryset(self, request):
        conflicts = super().get_queryset(request)
        return conflicts.prefetch_related(
            "sources__reference__contributions__person", "findings"
        )


class InvolvementInline(DeskInline, admin.TabularInline):
    model = Involvement
    formset = PositionedFormSet
    autocomplete_fields = ["organisation"]
    classes = ["collapse"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("organisation")


class DocumentationInline(DeskInline, admin.TabularInline):
    model = Documentation
    autocomplete_fields = ["reference"]
    classes = ["collapse"]

    def get_queryset(self, request):
        works = super().get_queryset(request).select_related("reference")
        return works.prefetch_related("reference__contributions__person")


class FormerSlugInline(FormerAddressInline):
    model = FormerSlug
    fields = ["slug"]


class CaseForm(OptimisticLockForm):
    not_found = forms.MultipleChoiceField(
        label="Looked for, nothing found",
        choices=[(kind, KIND_TITLES[kind]) for kind in KIND_ORDER],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Tick what somebody looked for without success",
    )

    def _get_validation_exclusions(self):
        # Constraints of the form's fields depend on these, which are not in the form.
        return super()._get_validation_exclusions() - {"status", "published_on"}

    def add_error(self, field, error):
        # The page may add the missing sources, so the findings' forms validate this.
        if getattr(error, "code", None) != "unsourced":
            super().add_error(field, error)

    def clean_tags(self):
        longest = Tag._meta.get_field("name").max_length
        for tag in self.cleaned_data["tags"]:
            if len(tag) > longest:
                raise ValidationError(f"A tag has at most {longest} characters.")
        return self.cleaned_data["tags"]


class CountryFilter(admin.SimpleListFilter):
    """A filter by country. Only countries with cases are offered."""

    title = "country"
    parameter_name = "country"

    def lookups(self, request, model_admin):
        used = set(Initiative.objects.order_by().values_list("country", flat=True))
        return [(code, name) for code, name in country_names() if code in used]

    def queryset(self, request, queryset):
        return queryset.in_country(self.value()) if self.value() else queryset


@admin.register(Initiative)
class InitiativeAdmin(
    GeocodingAdminMixin,
    TransitionAdminMixin,
    PreviewLinkAdminMixin,
    HistoryAdminMixin,
    DeskAdmin,
):
    address = "slug"
    form = CaseForm
    inlines = [
        FindingInline,
        ConflictInline,
        InvolvementInline,
        DocumentationInline,
        FormerSlugInline,
    ]
    autocomplete_fields = ["service_areas"]
    prepopulated_fields = {"slug": ["name"]}
    actions = [*TransitionAdminMixin.actions, *ACTIONS]
    fieldsets = [
        (
            None,
            {"fields": ["name", "slug", "tagline", "summary", "challenge", "approach"]},
        ),
        (
            "Where and when",
            {
                "fields": [
                    ("locality", "region", "country"),
                    ("latitude", "longitude"),
                    "place_note",
                    ("settlement", "reach"),
                    ("start_year", "end_year", "last_source_year"),
                ]
            },
        ),
        (
            "Who and what",
            {"fields": ["service_areas", "target_groups", "co_producers", "tags"]},
        ),
        ("Evidence", {"fields": ["evidence_note", "not_found"]}),
        (
            "Status",
            {"fields": ["status_note", ("published_on", "revised_on")]},
        ),
    ]
    readonly_fields = ["published_on"]
    list_display = ["name", "status", "country", "n_findings", "n_unsourced"]
    list_display += ["last_source_year", "revised_on"]
    list_filter = ["status", CountryFilter, "settlement", "reach", "revised_on"]
    list_filter += [("service_areas", admin.RelatedOnlyFieldListFilter)]
    list_filter += [NotLookedForFilter, NothingFoundFilter, LastSourceFilter]
    search_fields = ["name", "slug", "locality", "region", "summary"]
    search_help_text = "Words of the name, the address, the place or the summary"

    def get_list_display(self, request):
        shown = super().get_list_display(request)
        if request.GET.get("status__exact") == Initiative.Status.REVIEW:
            return [*shown[:2], "in_review_since", *shown[2:]]
        return shown

    def get_queryset(self, request):
        return super().get_queryset(request).with_desk_counts()

    @admin.display(description="findings", ordering="n_findings")
    def n_findings(self, case):
        return case.n_findings

    @admin.display(description="without a source", ordering="n_unsourced")
    def n_unsourced(self, case):
        return case.n_unsourced

    @admin.display(ordering="completeness__in_review_since")
    def in_review_since(self, case):
        return case.in_review_since

    def view_on_site(self, case):
        is_reachable = case.status in ("published", "withdrawn")
        return case.get_absolute_url() if is_reachable else None

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        case = form.instance
        if case.status != case.Status.PUBLISHED:
            return
        is_changed = any(part.has_changed() for part in [form, *formsets])
        if is_changed and "revised_on" not in form.changed_data:
            case.revised_on = date.today()
            case.save(update_fields=["revised_on"])

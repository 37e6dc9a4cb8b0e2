"""The admin of findings: rows on the page of their case, and a list of all."""

from itertools import groupby

from django.contrib import admin

from casebase.desk.admin.base import DeskAdmin, DeskFieldsMixin, DeskInline
from casebase.desk.admin.optimistic_locking import OptimisticLockForm
from casebase.desk.admin.record_history import ChangeNoteAdminMixin
from casebase.desk.admin.sourced_forms import FindingForm, FindingFormSet
from casebase.desk.quality.list_filters import SecondSourceFilter, SourcesFilter
from initiatives.models import Concept, Finding, Initiative
from initiatives.schemes import CODED_SCHEMES
from initiatives.status_transitions import REVIEW

KIND_OF_SCHEME = {
    words.slug: Finding.Kind(kind).label for kind, words in CODED_SCHEMES.items()
}


def terms_by_kind():
    """Return choices of terms that findings may be coded with, grouped by kind."""
    terms = Concept.objects.codable().filter(scheme__in=KIND_OF_SCHEME)
    groups = groupby(terms, key=lambda term: KIND_OF_SCHEME[term.scheme_id])
    choices = [
        (kind, [(term.pk, term.label) for term in terms]) for kind, terms in groups
    ]
    return [("", "---------"), *choices]


class FindingFieldsMixin(DeskFieldsMixin):
    """Mixin of the page of a finding and of the row of one on the page of its case."""

    model = Finding
    form = FindingForm
    autocomplete_fields = ["strategies"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("kind", "concept"),
                    "statement",
                    "response",
                    "strategies",
                    ("direction", "basis"),
                    ("year", "position"),
                ]
            },
        ),
        (
            "Figure",
            {
                "fields": [("figure_value", "figure_unit", "figure_period")],
                "classes": ["collapse"],
                "description": "What the statement counts or measures. Modes have none",
            },
        ),
        (
            "Evidence grade",
            {
                "fields": [("grade_override", "grade_note")],
                "classes": ["collapse"],
                "description": "The rules grade it by its sources and who speaks there",
            },
        ),
        ("Home page", {"fields": ["is_specimen"], "classes": ["collapse"]}),
    ]

    class Media:
        css = {"all": ["css/desk.css"]}
        js = ["js/add_source.js", "js/row_order.js", "js/finding_form.js"]

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        return fields if request.user.has_perm(REVIEW) else [*fields, "is_specimen"]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "concept":
            # Set once for all rows of a case, so that the terms are read once.
            field.choices = terms_by_kind()
        return field


class FindingInline(FindingFieldsMixin, DeskInline, admin.StackedInline):
    formset = FindingFormSet
    template = "admin/sourced_inline.html"
    view_on_site = False

    def get_queryset(self, request):
        return super().get_queryset(request).with_sources()


class FindingPageForm(OptimisticLockForm, FindingForm):
    """The form of a finding on its own page. Its case may be public."""

    @property
    def record(self):
        return self.instance.initiative

    def clean(self):
        super().clean()
        case = self.cleaned_data.get("initiative")
        if case and case.status == case.Status.PUBLISHED:
            self.require_source()


@admin.register(Finding)
class FindingAdmin(ChangeNoteAdminMixin, FindingFieldsMixin, DeskAdmin):
    form = FindingPageForm
    change_form_template = "admin/sourced_form.html"
    autocomplete_fields = ["initiative", *FindingFieldsMixin.autocomplete_fields]
    fieldsets = [(None, {"fields": ["initiative"]}), *FindingFieldsMixin.fieldsets]
    list_display = ["statement", "initiative", "kind", "concept", "direction", "basis"]
    list_display += ["grade"]
    list_filter = ["kind", "direction", "basis", "grade", SecondSourceFilter]
    list_filter += ["initiative__status", SourcesFilter, "is_specimen"]
    list_select_related = ["initiative", "concept"]
    search_fields = ["statement", "response", "concept__label", "initiative__name"]
    search_help_text = "Words of the statement, the response, the term or the case"

    def has_change_permission(self, request, obj=None):
        may = super().has_change_permission(request, obj)
        return may and (obj is None or obj.initiative.is_changeable_by(request.user))

    def has_delete_permission(self, request, obj=None):
        may = super().has_delete_permission(request, obj)
        return may and (obj is None or obj.initiative.is_changeable_by(request.user))

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "initiative":
            kwargs["queryset"] = Initiative.objects.changeable_by(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def view_on_site(self, finding):
        is_public = finding.initiative.status == "published"
        return finding.get_absolute_url() if is_public else None

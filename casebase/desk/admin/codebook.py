"""The admin of schemes, and of the terms of each scheme."""

from django.contrib import admin
from django.contrib.auth import get_permission_codename
from django.db.models import Count
from django.forms import HiddenInput

from casebase.desk.admin.base import (
    DeskAdmin,
    DeskInline,
    FormerAddressInline,
    PositionedFormSet,
)
from casebase.desk.admin.optimistic_locking import OptimisticLockForm
from casebase.desk.admin.record_history import HistoryAdminMixin
from casebase.desk.admin.sourced_forms import SourceInline
from casebase.desk.merging.actions import merge_two
from initiatives.models import PROXIES, Concept, FormerSlug, RelatedTerm, Scheme
from initiatives.models.related_terms import ANSWERED_SCHEMES, STRATEGIES

# Scheme → the lookup of its terms' cases, if not through findings coded with them.
CASE_LOOKUPS = {"strategies": "responses__initiative", "service-areas": "initiatives"}


class SchemeSourceInline(SourceInline):
    fk_name = "scheme"


class TermSourceInline(SourceInline):
    fk_name = "concept"


class RelatedTermInline(DeskInline, admin.TabularInline):
    """Terms near this one, and strategies against it, in the order of the page."""

    model = RelatedTerm
    fk_name = "concept"
    formset = PositionedFormSet
    fields = ["other", "position"]
    classes = ["collapse"]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """The field of the other term, the only one; its choices are read once."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        scheme = self.parent_model.scheme_slug
        schemes = [scheme, STRATEGIES] if scheme in ANSWERED_SCHEMES else [scheme]
        terms = Concept.objects.codable().filter(scheme__in=schemes)
        choices = [(term.pk, str(term)) for term in terms]
        field.choices = [("", "---------"), *choices]
        return field

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("other")


class FormerSlugInline(FormerAddressInline):
    model = FormerSlug
    fields = ["slug"]


@admin.register(Scheme)
class SchemeAdmin(DeskAdmin):
    """The description of a scheme. The program defines which schemes there are."""

    inlines = [SchemeSourceInline]
    readonly_fields = ["slug"]
    fields = ["slug", "title", "translations", "description"]

    def has_add_permission(self, request):
        return False


def has_term_permission(request, action):
    """Return whether the user has a permission, such as “change”, on all terms."""
    codename = get_permission_codename(action, Concept._meta)
    return request.user.has_perm(f"initiatives.{codename}")


class TermAdmin(HistoryAdminMixin, DeskAdmin):
    """The admin of the terms of one scheme, registered for each proxy of Concept."""

    address = "slug"
    form = OptimisticLockForm
    inlines = [TermSourceInline, RelatedTermInline, FormerSlugInline]
    prepopulated_fields = {"slug": ["label"]}
    actions = [merge_two]
    list_display = ["label", "broader", "is_heading", "order", "n_cases"]
    list_filter = ["is_heading"]
    list_select_related = ["broader"]
    search_fields = ["label", "slug", "synonyms", "hidden_labels"]
    search_help_text = "Words of the term, others it is found by, or its address"

    # The permissions on Concept apply to the terms of all schemes. Proxies have own
    # permissions, but nobody would have been given those of a new scheme.

    def has_add_permission(self, request):
        return has_term_permission(request, "add")

    def has_change_permission(self, request, obj=None):
        return has_term_permission(request, "change")

    def has_delete_permission(self, request, obj=None):
        return has_term_permission(request, "delete")

    def has_view_permission(self, request, obj=None):
        return has_term_permission(request, "view") or self.has_change_permission(
            request
        )

    def get_queryset(self, request):
        path = CASE_LOOKUPS.get(self.model.scheme_slug, "findings__initiative")
        cases = Count(path, distinct=True)
        return super().get_queryset(request).annotate(n_cases=cases)

    def get_fields(self, request, obj=None):
        names = ["scheme", "label", "slug", "synonyms"]
        found_by = ["hidden_labels", "translations"]
        is_step = self.model.scheme_slug == "change-steps"
        lines = ["questions", *(["actions", "outputs"] if is_step else [])]
        texts = ["definition", "scope_note", *lines, *found_by]
        return [*names, *texts, "broader", ("order", "is_heading")]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "scheme":
            kwargs["initial"] = self.model.scheme_slug
            kwargs |= {"disabled": True, "widget": HiddenInput()}
        if db_field.name == "broader":
            kwargs["queryset"] = self.model.objects.all()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def filter_versions(self, versions):
        return versions.filter(name__startswith=f"{self.model.scheme_slug}/")

    @admin.display(description="cases", ordering="n_cases")
    def n_cases(self, term):
        return term.n_cases


for proxy in PROXIES.values():
    admin.site.register(proxy, TermAdmin)

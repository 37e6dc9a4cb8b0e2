"""The admin of organisations, with the cases they take part in."""

from django.contrib import admin
from django.db.models import Count

from casebase.desk.admin.base import DeskAdmin, DeskInline
from casebase.desk.merging.actions import merge_two
from initiatives.models import Involvement, Organisation
from initiatives.status_transitions import REVIEW


class InvolvementInline(DeskInline, admin.TabularInline):
    model = Involvement
    fields = ["initiative", "role"]
    autocomplete_fields = ["initiative"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("initiative")


@admin.register(Organisation)
class OrganisationAdmin(DeskAdmin):
    inlines = [InvolvementInline]
    actions = [merge_two]
    list_display = ["name", "n_cases"]
    list_filter = ["involvements__role"]
    search_fields = ["name"]

    def get_inlines(self, request, obj):
        """Show involvements to reviewers only, as the cases may have any status."""
        return self.inlines if request.user.has_perm(REVIEW) else []

    def get_queryset(self, request):
        cases = Count("initiatives", distinct=True)
        return super().get_queryset(request).annotate(n_cases=cases)

    @admin.display(description="cases", ordering="n_cases")
    def n_cases(self, organisation):
        return organisation.n_cases

"""The read-only list of the terms of all schemes. Each scheme's admin edits its own."""

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList

from casebase.desk.admin.base import DeskAdmin, ReadOnlyAdminMixin
from casebase.desk.admin.change_urls import change_url
from casebase.desk.quality.list_filters import CasesFilter
from initiatives.models import Concept


class TermList(ChangeList):
    def url_for_result(self, result):
        return change_url(result)


@admin.register(Concept)
class ConceptAdmin(ReadOnlyAdminMixin, DeskAdmin):
    list_display = ["label", "scheme", "definition"]
    list_filter = [CasesFilter, "scheme"]
    list_select_related = ["scheme"]
    search_fields = ["label", "slug"]
    search_help_text = "Words of the term or its address"

    def get_changelist(self, request, **kwargs):
        return TermList

    def get_model_perms(self, request):
        """Return no permissions, so that the start page does not list this admin."""
        return {}

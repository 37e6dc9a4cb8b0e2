"""Terms of all schemes in one list. Each is edited on the page of its scheme's own."""

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList

from casebase.desk import DeskAdmin
from initiatives.models import Concept
from upkeep.admin.links import edit_address
from upkeep.lists import CasesFilter


class TermList(ChangeList):
    def url_for_result(self, result):
        return edit_address(result)


@admin.register(Concept)
class ConceptAdmin(DeskAdmin):
    list_display = ["label", "scheme", "definition"]
    list_filter = [CasesFilter, "scheme"]
    list_select_related = ["scheme"]
    search_fields = ["label", "slug"]
    search_help_text = "Words of the term or its address"

    def get_changelist(self, request, **kwargs):
        return TermList

    def get_model_perms(self, request):
        """None, so that the start page shows the schemes alone."""
        return {}

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

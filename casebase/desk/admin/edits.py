"""The admin of edits of cases, works and terms, which undoes them as a whole."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from casebase.desk.admin.base import DeskAdmin, ReadOnlyAdminMixin
from casebase.history.errors import RestoreError
from casebase.history.models import Edit, Version
from casebase.history.pages import desk_address
from casebase.history.permissions import may_undo
from casebase.history.undoing import undo
from initiatives.models import PROXIES, Initiative
from references.models import Reference

# Users who may change one of these may see edits.
VERSIONED_MODELS = [Initiative, Reference, *PROXIES.values()]
# The maximum number of records of an edit that is undone during a request. Each takes
# up to 75 ms.
MAX_RECORDS = 200
TOO_MANY_RECORDS = (
    "It changed too many records to be undone while you wait. "
    "Ask whoever runs the site for “manage.py undo_edit {}”."
)
# The numbers of records, and of reasons why an edit can't be undone, on a page.
PAGE_SIZE, MAX_REASONS = 100, 20


@admin.register(Edit)
class EditAdmin(ReadOnlyAdminMixin, DeskAdmin):
    """Edits can be seen and undone, but not added or changed."""

    list_display = ["at", "by", "act", "why", "n_records"]
    list_filter = ["act", "at", ("by", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["by"]
    search_fields = ["why", "versions__name"]
    search_help_text = "Words of the note, or the address of a record"

    def get_queryset(self, request):
        return super().get_queryset(request).with_counts()

    @admin.display(description="records")
    def n_records(self, edit):
        return edit.n_records

    def has_view_permission(self, request, obj=None):
        admins = (self.admin_site.get_model_admin(model) for model in VERSIONED_MODELS)
        return any(each.has_change_permission(request) for each in admins)

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def get_urls(self):
        view = self.admin_site.admin_view(self.undo_view)
        undo_path = path("<int:key>/undo/", view, name="history_edit_undo")
        return [undo_path, *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Show the records that the edit changed, and a button that undoes it."""
        edit = self.get_object(request, object_id)
        if edit is None:
            raise Http404("There is no such edit.")
        if not self.has_view_permission(request):
            raise PermissionDenied
        return self._render(request, edit)

    def undo_view(self, request, key):
        edit = self.get_object(request, key)
        if edit is None:
            raise Http404("There is no such edit.")
        if not may_undo(request, edit):
            raise PermissionDenied
        if request.method == "POST":
            if Version.objects.preceding(edit).count() > MAX_RECORDS:
                return self._render(request, edit, [TOO_MANY_RECORDS.format(edit.pk)])
            try:
                warnings = undo(edit, why=request.POST.get("why", ""))
            except RestoreError as error:
                return self._render(request, edit, error.sentences)
            messages.success(
                request, " ".join(["The edit is undone.", *warnings[:MAX_REASONS]])
            )
        return redirect(reverse("admin:history_edit_change", args=[key]))

    def _render(self, request, edit, refusals=()):
        versions = edit.versions.order_by("kind", "name")
        page = Paginator(versions, PAGE_SIZE).get_page(request.GET.get("page"))
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "edit": edit,
            "page": page,
            "records": [(version, desk_address(version)) for version in page],
            "refusals": refusals[:MAX_REASONS],
            "n_more": max(len(refusals) - MAX_REASONS, 0),
            "undone_by": edit.undone_by.first(),
            "may_undo": edit.can_be_undone and may_undo(request, edit),
            "why_length": Edit.WHY_LENGTH,
        }
        return TemplateResponse(request, "admin/history/edit.html", context)

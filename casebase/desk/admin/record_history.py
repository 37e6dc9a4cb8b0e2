"""The history pages of a record: list, compare and restore its versions."""

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import BadRequest, PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from casebase.change_tracking.transactions import current_edit_context
from casebase.desk.admin import mixin_bases
from casebase.desk.admin.deleted_rows import with_deleted_rows_as_new
from casebase.desk.admin.optimistic_locking import find_newer_version
from casebase.desk.admin.views import LARGEST_PRIMARY_KEY
from casebase.history.errors import RestoreError
from casebase.history.models import Edit, Version
from casebase.history.pages import ON_A_PAGE, Step, steps_on
from casebase.history.permissions import may_restore
from casebase.history.restoring import restore
from casebase.registry import kind_of


class ChangeNoteAdminMixin(mixin_bases.ModelAdmin):
    """Mixin of an admin whose form asks for a note on the change, for the history."""

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if obj and not self.has_change_permission(request, obj):
            return fieldsets
        return [*fieldsets, ("This change", {"fields": ["why"]})]

    def save_model(self, request, obj, form, change):
        current_edit_context().why = form.cleaned_data["why"]
        super().save_model(request, obj, form, change)


class HistoryAdminMixin(ChangeNoteAdminMixin):
    """Mixin of the admin of a record with versions, with the pages of its history.

    Deleted records have these pages too.
    """

    def get_formset_kwargs(self, request, obj, inline, prefix):
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if "data" in kwargs and obj.pk and find_newer_version(obj, kwargs["data"]):
            kwargs["data"] = with_deleted_rows_as_new(
                kwargs["data"], prefix, inline.model
            )
        return kwargs

    def get_urls(self):
        pages = {"compare/": self.compare_view, "restore/": self.restore_view}
        return [
            path(
                f"<path:object_id>/history/{end}",
                self.admin_site.admin_view(view),
                name=self._page_name(end.strip("/")),
            )
            for end, view in pages.items()
        ] + super().get_urls()

    def history_view(self, request, object_id, extra_context=None):
        """List the versions, the latest first."""
        versions = self._versions(request, object_id)
        if not versions:
            record = get_object_or_404(self.model, pk=unquote(object_id))
            messages.info(request, "Its first version is kept when it changes next.")
            return redirect(self._address("change", record.pk))
        page = Paginator(versions, ON_A_PAGE).get_page(request.GET.get("page"))
        context = {"page": page, "steps": steps_on(page, versions)}
        return self._render(request, "versions", versions[0], context)

    def compare_view(self, request, object_id):
        """Show two versions side by side."""
        versions = self._versions(request, object_id)
        before, after = (get_version(request, versions, end) for end in ("from", "to"))
        step = Step(before, after)
        return self._render(request, "compare", versions[0], {"step": step})

    def restore_view(self, request, object_id):
        """Show what restoring a version would change, and restore it on POST."""
        versions = self._versions(request, object_id)
        version, latest = get_version(request, versions, "version"), versions[0]
        if not may_restore(request, version):
            raise PermissionDenied
        context = {"version": version, "refusals": [], "why_length": Edit.WHY_LENGTH}
        if request.method == "POST":
            try:
                restore(version, why=request.POST.get("why", ""))
            except RestoreError as refused:
                context["refusals"] = refused.sentences
            else:
                messages.success(request, f"Version {version.number} is restored.")
                return redirect(self._address("history", version.key))
        context["step"] = Step(latest, version)
        return self._render(request, "restore", latest, context)

    def _versions(self, request, object_id):
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        key = unquote(object_id)
        if not key.isdecimal() or int(key) > LARGEST_PRIMARY_KEY:
            raise Http404("No record has this key.")
        versions = Version.objects.of(kind_of(self.model), int(key))
        return self.filter_versions(versions).select_related("edit__by")

    def filter_versions(self, versions):
        """Return the versions of this admin's records, among those of their kind."""
        return versions

    def _render(self, request, name, latest, context):
        addresses = {
            page: self._address(page, latest.key)
            for page in ("change", "history", "compare", "restore")
        }
        context |= self.admin_site.each_context(request)
        context |= {"opts": self.opts, "latest": latest, "addresses": addresses}
        offered = context.get("version") or latest_content(latest)
        context["may_restore"] = may_restore(request, offered)
        return TemplateResponse(request, f"admin/history/{name}.html", context)

    def _page_name(self, page):
        return f"{self.opts.app_label}_{self.opts.model_name}_{page}"

    def _address(self, page, key):
        return reverse(f"admin:{self._page_name(page)}", args=[key])


def latest_content(latest):
    """Return the latest version with content; a deletion has none."""
    if not latest.is_deletion:
        return latest
    versions = Version.objects.of(latest.kind, latest.key)
    return versions.exclude(content="").first() or latest


def get_version(request, versions, name):
    """Return the version whose number is in the query parameter ``name``.

    Raises BadRequest if it is not a number.
    """
    number = request.GET.get(name, "")
    if not number.isdecimal() or int(number) > LARGEST_PRIMARY_KEY:
        raise BadRequest(f"“{name}” should be the number of a version.")
    return get_object_or_404(versions, number=number)

"""Exports the findings of cases as tables."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.views.decorators.http import require_safe

from casebase.change_tracking.models import Counter
from casebase.desk.imports.tables.table_writer import FORMATS
from casebase.files.downloads import download
from casebase.files.formats import file_name
from initiatives.models import Initiative
from initiatives.sheet_serializers import WITH_SHEET, case_sheet_of

# The largest number of cases that one person can edit in one table.
MAX_CASES = 200


@require_safe
def export_findings(request, name):
    """Download the findings of the cases in the query: ?case=weyhe&case=surrey."""
    if not request.user.has_perm("initiatives.view_initiative"):
        raise PermissionDenied
    slugs = [slug for slug in request.GET.getlist("case") if "\0" not in slug]
    cases = Initiative.objects.filter(slug__in=slugs[:MAX_CASES])
    if name not in FORMATS or not cases:
        raise Http404("There are no such cases, or the format is not csv or xlsx.")
    return table_response(request, cases, FORMATS[name])


def table_response(request, cases, form):
    # Read the version before the cases: changes made in between are then reported when
    # the table is imported.
    version = Counter.objects.current()
    sheets = [case_sheet_of(case) for case in cases.prefetch_related(*WITH_SHEET)]
    parts = ["findings", *([sheets[0].slug] if len(sheets) == 1 else [])]
    return download(
        request,
        form.write((sheets, version)),
        n=len(sheets),
        media_type=form.media_type,
        name=file_name(parts, form.extension),
    )


def build_export_action(form):
    """Return an admin action that exports the findings of the selected cases."""

    @admin.action(
        description=f"Export the findings: {form.label}", permissions=["view"]
    )
    def export_selected(model_admin, request, cases):
        if cases.count() > MAX_CASES:
            words = f"These are more than {MAX_CASES} cases; select fewer."
            return model_admin.message_user(request, words, "error")
        return table_response(request, cases, form)

    export_selected.__name__ = f"export_findings_{form.name}"
    return export_selected


ACTIONS = [build_export_action(form) for form in FORMATS.values()]

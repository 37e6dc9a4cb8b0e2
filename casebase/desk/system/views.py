"""The page about the state of the site: what runs, how full it is, what to do."""

from django.core.exceptions import PermissionDenied
from django.views.decorators.http import require_safe

from casebase.desk.admin.views import render_admin_page
from casebase.monitoring.sections import read_sections

PERMISSION = "accounts.view_system"


@require_safe
def state(request):
    """Show all sections to operators, and first what they should do."""
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    sections = dict(read_sections())
    to_do = [
        (heading, fact)
        for heading, facts in sections.items()
        for fact in facts
        if fact.advice
    ]
    context = {"sections": sections, "to_do": to_do}
    return render_admin_page(
        request, "system/state.html", "State of the site", **context
    )

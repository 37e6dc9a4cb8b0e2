"""Where a plan stands, and what may be done with all of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from casebase.kept.limits import answer_if_too_many
from casebase.kept.models import Kept
from casebase.kept.pages import kept_view
from initiatives.plan.content import START, read_section
from initiatives.plan.copying import copy_plan
from initiatives.plan.outputs.files import FORMATS
from initiatives.plan.overview import OverviewPage
from initiatives.plan.saving import save_part


@kept_view(Kept.Kind.PLAN)
def overview(request: HttpRequest, kept: Kept) -> HttpResponse:
    context = {
        "page": OverviewPage(kept),
        "done": request.GET,
        "formats": FORMATS.values(),
    }
    return render(request, "plan/overview.html", context)


@kept_view(Kept.Kind.PLAN, changes=True)
def template(request: HttpRequest, kept: Kept) -> HttpResponse:
    """Let others start from the plan, or no longer."""
    if request.method == "POST":
        start = read_section(START, kept.section(START).content)
        changed = start.model_copy(update={"is_template": "_on" in request.POST})
        save_part(kept, START, kept.section(START).version, changed)
    return redirect("plan:overview", kept.token)


@kept_view(Kept.Kind.PLAN, copies=True)
def copy(request: HttpRequest, kept: Kept) -> HttpResponse:
    """Start a plan from one whose makers allow it. 404 if they don’t."""
    if request.method != "POST" or not (copied := copy_plan(kept)):
        return redirect("plan:overview", kept.token)
    if refused := answer_if_too_many(request):
        return refused
    return lead_to(Kept.start(Kept.Kind.PLAN, copied))


def lead_to(kept: Kept) -> HttpResponse:
    """Return the redirect to the overview of a new plan, which shows its links."""
    return redirect(reverse("plan:overview", args=[kept.token], query={"new": 1}))

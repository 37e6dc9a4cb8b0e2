"""The form that brings in a plan from a file."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from casebase.change_tracking.decorators import transactional_view
from casebase.kept.limits import answer_if_too_many
from casebase.kept.models import Kept
from casebase.response_headers import add_private_headers
from casebase.same_site import own_forms_only
from initiatives.plan.bringing_in import PlanFileError, read_plan_file
from initiatives.plan.content import split_plan
from initiatives.plan.views.overview import lead_to

NO_FILE = "Choose the file first: the JSON file that a plan was downloaded as."


@own_forms_only
@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return add_private_headers(store(request))
    return render(request, "plan/bring_in.html")


@transactional_view
def store(request: HttpRequest) -> HttpResponse:
    """Store the plan of the file that was sent, or show what is wrong with it."""
    if refused := answer_if_too_many(request):
        return refused
    file = request.FILES.get("file")
    try:
        plan = read_plan_file(file.read()) if file else None
        if plan:
            return lead_to(Kept.start(Kept.Kind.PLAN, split_plan(plan)))
        sentences = [NO_FILE]
    except PlanFileError as error:
        sentences = list(error.args)
    except ValidationError as error:
        sentences = error.messages
    context = {"sentences": sentences}
    return render(request, "plan/bring_in.html", context, status=400)

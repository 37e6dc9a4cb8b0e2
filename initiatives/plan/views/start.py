"""The page on which a team says what its plan is about."""

from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.shortcuts import redirect, render

from casebase.kept.models import Kept, SectionChangedError
from casebase.kept.pages import kept_view
from initiatives.plan.attribution import sources_of_steps
from initiatives.plan.content import START, read_section
from initiatives.plan.page import PlanPage
from initiatives.plan.saving import save_part, sentence_of, version_of
from initiatives.plan.start_fields import build_fields
from initiatives.plan.start_form import StartForm
from initiatives.plan.steps import next_address
from initiatives.plan.views.answers import (
    CONFLICT,
    INVALID,
    is_automatic,
    render_unsaved,
)

TEMPLATE = "plan/start.html"


@kept_view(Kept.Kind.PLAN, forms=True)
def start(request, kept):
    page = PlanPage(kept, START)
    stored = read_section(START, kept.section(START).content)
    if request.method != "POST":
        form = StartForm(page.codebook, stored)
        return render(request, TEMPLATE, build_context(request, page, form))
    form = StartForm(page.codebook, stored, request.POST)
    if not form.is_valid():
        return answer_unsaved(request, page, form, 400, INVALID)
    try:
        save_part(kept, START, version_of(request.POST), form.cleaned)
    except SectionChangedError:
        form.theirs = stored
        return answer_unsaved(request, page, form, 409, CONFLICT)
    except ValidationError as error:
        return answer_unsaved(request, page, form, 400, sentence_of(error))
    if is_automatic(request):
        return JsonResponse({"version": page.version})
    if "_go" in request.POST:
        return redirect(next_address(page.codebook, kept.token, START))
    return redirect(f"{request.path}?done=saved")


def build_context(request, page, form):
    return {
        "page": page,
        "fields": build_fields(form),
        "sources": sources_of_steps(),
        "done": request.GET,
    }


def answer_unsaved(request, page, form, status, problem):
    """Return the form with what was sent, and what is stored if that differs."""
    context = build_context(request, page, form)
    return render_unsaved(request, TEMPLATE, context, status, problem)

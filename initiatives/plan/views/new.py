"""The page on which a plan begins, or is gone on with by its link."""

import re

from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from casebase.change_tracking.decorators import transactional_view
from casebase.conditional_get import cache_until_changed
from casebase.kept.limits import answer_if_too_many
from casebase.kept.models import Kept
from casebase.kept.tokens import TOKEN_REGEX
from casebase.overload import give_form_back
from casebase.response_headers import add_private_headers
from casebase.same_site import own_forms_only
from initiatives.list_metadata import describe_plain_page
from initiatives.plan.attribution import sources_of_steps
from initiatives.plan.content import START, Start
from initiatives.plan.page import find_codebook
from initiatives.plan.prefill import Prefill
from initiatives.plan.saving import sentence_of
from initiatives.plan.start_fields import build_fields
from initiatives.plan.start_form import StartForm
from initiatives.plan.steps import change_steps, plain_words
from initiatives.plan.views.answers import INVALID

TOKEN = re.compile(rf"/plan/({TOKEN_REGEX})(?![0-9a-f])")
NO_LINK = "This is no link of a plan. It has “/plan/” and 32 letters and figures."


@give_form_back
@own_forms_only
@require_http_methods(["GET", "HEAD", "POST"])
def new_plan(request):
    """Show the form, begin a plan, or lead to the one whose link was pasted."""
    if "_link" in request.POST:
        return add_private_headers(resume(request))
    if request.method == "POST":
        return add_private_headers(begin(request))
    return show_form(request)


@cache_until_changed
def show_form(request):
    codebook = find_codebook()
    prefill = Prefill(request.GET, codebook)
    form = StartForm(codebook, prefill.start)
    return show(request, form, prefill=prefill)


def show(request, form, status=200, **more):
    context = {
        "form": form,
        "fields": build_fields(form),
        "steps": [(step, plain_words(step)) for step in change_steps(form.codebook)],
        "sources": sources_of_steps(),
        "description": describe_plain_page(
            "plan:new", "Plan a change", request.build_absolute_uri
        ),
    }
    return render(request, "plan/new.html", context | more, status=status)


@transactional_view
def begin(request):
    if refused := answer_if_too_many(request):
        return refused
    codebook = find_codebook()
    form = StartForm(codebook, Start(), request.POST)
    if not form.is_valid():
        return show(request, form, 400, problem=INVALID)
    content = form.cleaned.model_dump(mode="json", exclude_defaults=True)
    try:
        kept = Kept.start(Kept.Kind.PLAN, {START: content})
    except ValidationError as error:
        return show(request, form, 400, problem=sentence_of(error))
    steps = change_steps(codebook)
    name, *args = ("plan:step", steps[0].slug) if steps else ("plan:table",)
    return redirect(reverse(name, args=[kept.token, *args]) + "?new=1")


def resume(request):
    """Lead to the plan whose link was pasted into the form."""
    text = request.POST["_link"]
    token = TOKEN.search(text) or re.fullmatch(f"({TOKEN_REGEX})", text.strip())
    if token and Kept.objects.from_token(Kept.Kind.PLAN, token[1]):
        return redirect("plan:overview", token[1])
    problem = "This link leads to no plan any more." if token else NO_LINK
    form = StartForm(find_codebook(), Start())
    return show(request, form, 400, link_problem=problem, link=text)

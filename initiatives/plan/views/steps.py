"""The page of a step: boxes, checklists, and findings of cases to take over."""

from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.shortcuts import redirect, render
from pydantic import ValidationError as InvalidPart

from casebase.kept.models import Kept, SectionChangedError
from casebase.kept.pages import kept_view
from casebase.whole_numbers import read_number
from initiatives.plan.content import TABLE, Step, read_section
from initiatives.plan.quoting import find_quotable, quote_of
from initiatives.plan.saving import (
    save_part,
    sentence_of,
    sentences_by_place,
    version_of,
)
from initiatives.plan.step_form import read_form
from initiatives.plan.step_page import StepPage
from initiatives.plan.step_quotes import add_quote, remove_quote, restore_quote
from initiatives.plan.steps import next_address
from initiatives.plan.table_rows import add_row, row_of
from initiatives.plan.views.answers import (
    CONFLICT,
    INVALID,
    is_automatic,
    render_unsaved,
)

TEMPLATE = "plan/step.html"


@kept_view(Kept.Kind.PLAN, forms=True)
def step(request, kept, step):
    page = StepPage(kept, step, max(read_number(request.GET.get("more", ""), 1), 1))
    if request.method != "POST":
        return render(request, TEMPLATE, build_context(request, page))
    sent = read_form(request.POST, page.stored)
    try:
        done = save(page, request.POST, Step.model_validate(sent.model_dump()))
    except InvalidPart as error:
        page.errors = sentences_by_place(error)
        return answer_unsaved(request, page, sent, 400, INVALID)
    except SectionChangedError:
        return answer_unsaved(request, page, sent, 409, CONFLICT)
    except ValidationError as error:
        return answer_unsaved(request, page, sent, 400, sentence_of(error))
    if is_automatic(request):
        return JsonResponse({"version": page.version})
    if "_go" in request.POST:
        return redirect(next_address(page.codebook, kept.token, page.name))
    query, box = urlencode({"more": page.number} | done), done.get("box")
    place = f"#box-{box}" if box else "#added" if done["done"] == "row" else ""
    return redirect(f"{request.path}?{query}{place}")


def build_context(request, page):
    page.done_box = read_number(request.GET.get("box", ""), None)
    return {"page": page, "done": request.GET}


def answer_unsaved(request, page, sent, status, problem):
    """Return the page with what was sent, and with what is stored if that differs."""
    page.sent, page.is_conflict = sent, status == 409
    context = build_context(request, page)
    return render_unsaved(request, TEMPLATE, context, status, problem)


def save(page, data, sent):
    """Save a step with what else its form asks for.

    Returns the parameters that tell the page what was done. See ``save_part`` for
    errors.
    """
    done = change_quotes(sent, data)
    if short_id := data.get("_row"):
        done = add_to_table(page.kept, short_id)
    save_part(page.kept, page.name, version_of(data), sent)
    return done


def change_quotes(step, data):
    """Take over, remove or put back a quote, as the button says that was pressed."""
    if finding := find_quotable(data.get("_use", "")):
        box = data.get(f"_into-{finding.short_id}", "0")
        if question := data.get(f"_question-{box}"):
            add_quote(step, question, quote_of(finding))
            return {"done": "used", "finding": finding.short_id, "box": box}
    if "_remove" in data:
        box, _, short_id = data["_remove"].partition(":")
        remove_quote(step, data.get(f"_question-{box}", ""), short_id)
        return {"done": "removed", "box": box}
    if "_undo" in data:
        restore_quote(step)
        return {"done": "restored", "box": data["_undo"]}
    if "_auto" not in data:
        step.removed = None
    return {"done": "saved"}


def add_to_table(kept, short_id):
    """Add a row for the finding of a barrier or risk. A row is not added twice."""
    table = read_section(TABLE, kept.section(TABLE).content)
    finding = find_quotable(short_id)
    if finding is None or not finding.is_answered:
        return {"done": "saved"}
    row = add_row(table, row_of(finding, quote_of(finding)))
    save_part(kept, TABLE, kept.section(TABLE).version, table)
    return {"done": "row", "row": row.id} if row else {"done": "full"}

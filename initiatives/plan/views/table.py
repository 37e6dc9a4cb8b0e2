"""The table of a plan, and the page on which one row of it is written."""

import re

from django.core.exceptions import ValidationError
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from casebase.kept.content_types import MAX_TEXT
from casebase.kept.models import Kept
from casebase.kept.pages import kept_view
from initiatives.plan.content import MAX_ROWS, TABLE
from initiatives.plan.offers import words_of_measure
from initiatives.plan.quoting import find_quotable, quote_of
from initiatives.plan.row_form import version_of_row
from initiatives.plan.row_page import RowPage
from initiatives.plan.saving import save_part, sentence_of
from initiatives.plan.step_quotes import append_quote
from initiatives.plan.table_page import TablePage
from initiatives.plan.table_rows import (
    move_row,
    remove_row,
    replace_row,
    restore_row,
)
from initiatives.plan.views.answers import (
    CONFLICT,
    INVALID,
    is_automatic,
    render_unsaved,
)

TEMPLATE = "plan/row.html"
ROW_ID = re.compile("[0-9a-f]{8}")
REMOVED = (
    "Somebody removed this row from the table meanwhile. What you wrote is still here: "
    "save again to put it back."
)
FULL = f"The table has {MAX_ROWS} rows, and no more are kept. Remove one first."


@kept_view(Kept.Kind.PLAN, forms=True)
def table(request, kept):
    page = TablePage(kept)
    if request.method == "POST":
        done = change_rows(page.table, request.POST)
        version = kept.section(TABLE).version
        save_part(kept, TABLE, version, page.table)
        return redirect(request.path + done)
    return render(request, "plan/table.html", {"page": page, "done": request.GET})


def change_rows(table, data):
    """Move, remove or put back a row; return the end of the address to go to then."""
    for name, by in (("_up", -1), ("_down", 1)):
        if row_id := data.get(name):
            move_row(table, row_id, by)
            return f"#row-{row_id}" if ROW_ID.fullmatch(row_id) else ""
    if row_id := data.get("_remove"):
        remove_row(table, row_id)
        return "?done=removed"
    if "_undo" in data:
        restore_row(table)
    return ""


@kept_view(Kept.Kind.PLAN, changes=True)
def row(request, kept, row=""):
    if request.method == "POST":
        row_id = row or request.POST.get("_row", "")
        if not ROW_ID.fullmatch(row_id):
            raise Http404("The table has no such row.")
        return save_row(request, RowPage(kept, row_id, request.POST))
    page = RowPage(kept, row)
    if row and page.current is None:
        raise Http404("The table has no such row any more.")
    if "about" in request.GET:
        page.form.initial["about"] = request.GET["about"]
    page.put_offers_first()
    return render(request, TEMPLATE, {"page": page, "done": request.GET})


def answer_unsaved(request, page, status, problem):
    page.is_conflict = status == 409
    context = {"page": page, "done": request.GET}
    return render_unsaved(request, TEMPLATE, context, status, problem)


def save_row(request, page):
    """Save the row that was sent, or show it again and say why not."""
    data, form = request.POST, page.form
    if not form.is_valid():
        return answer_unsaved(request, page, 400, INVALID)
    sent = form.cleaned
    change_quotes(sent, data)
    if data.get("_version") != page.version and sent != page.current:
        return answer_unsaved(request, page, 409, CONFLICT if page.current else REMOVED)
    replace_row(page.table, sent)
    if len(page.table.rows) > MAX_ROWS:
        return answer_unsaved(request, page, 400, FULL)
    try:
        version = page.kept.section(TABLE).version
        save_part(page.kept, TABLE, version, page.table)
    except ValidationError as error:
        return answer_unsaved(request, page, 400, sentence_of(error))
    return answer_saved(request, page, sent)


def answer_saved(request, page, sent):
    if is_automatic(request):
        return JsonResponse({"version": version_of_row(sent)})
    if "_go" in request.POST:
        return redirect(f"{page.table_address}#row-{sent.id}")
    address = reverse("plan:row", args=[page.kept.token, sent.id])
    return redirect(f"{address}?done=saved")


def change_quotes(row, data):
    """Copy a measure into a row with its finding, or remove a quote."""
    if finding := find_quotable(data.get("_measure", "")):
        words = words_of_measure(finding)
        if words not in row.measure:
            row.measure = f"{row.measure}\n{words}".strip()[:MAX_TEXT]
        append_quote(row.quotes, quote_of(finding))
    if short_id := data.get("_remove"):
        row.quotes = [quote for quote in row.quotes if quote.finding != short_id]

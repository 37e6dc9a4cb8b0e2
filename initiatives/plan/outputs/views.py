"""Files of plans and of the blank workbook, and their pages for paper."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from casebase.files.downloads import refusal
from casebase.kept.models import Kept
from casebase.kept.pages import kept_view
from casebase.running_title import answer_running_title
from initiatives.codebook import Codebook
from initiatives.plan.content import TABLE, Plan, Start, read_plan
from initiatives.plan.layout import PlanLayout
from initiatives.plan.outputs.file_content import PlanFile
from initiatives.plan.outputs.files import FORMATS
from initiatives.plan.outputs.texts import CREDIT, TABLE_HEADINGS
from initiatives.plan.outputs.works import (
    find_works,
    list_entries,
    list_plain_entries,
)
from initiatives.plan.page import PlanPage, find_codebook
from references.exports import EXPORT_ERRORS, download_styled
from references.style_preference import StylePreference

BLANK = "Workbook: plan a change"
NO_DATES = (
    "No row of the table has a date, so there is nothing for a calendar. Say by when "
    "in the table of the plan, then come back."
)


@kept_view(Kept.Kind.PLAN)
def export_plan(request: HttpRequest, kept: Kept, name: str) -> HttpResponse:
    layout = lay_out_kept(kept)
    version = kept.section(TABLE).version
    return answer_file(request, layout, name, number=kept.pk, version=version)


@require_safe
@vary_on_cookie
def export_blank(request: HttpRequest, name: str) -> HttpResponse:
    """Return the blank workbook as a Word document; its other files would be empty."""
    if name != "docx":
        return refusal(["The blank workbook is a Word document: docx."], status=404)
    return answer_file(request, lay_out_blank(), name)


@kept_view(Kept.Kind.PLAN)
def print_plan(request: HttpRequest, kept: Kept) -> HttpResponse:
    return answer_paper(request, lay_out_kept(kept), kept)


@kept_view(Kept.Kind.PLAN)
def running_title(request: HttpRequest, kept: Kept) -> HttpResponse:
    """Return the stylesheet that prints the title on each page."""
    return answer_running_title(read_plan(kept.contents).title)


@require_safe
@vary_on_cookie
def print_blank(request: HttpRequest) -> HttpResponse:
    return answer_paper(request, lay_out_blank())


def lay_out_kept(kept: Kept) -> PlanLayout:
    page = PlanPage(kept, "print")
    return lay_out(page.plan, page.codebook)


def lay_out(plan: Plan, codebook: Codebook) -> PlanLayout:
    layout = PlanLayout(plan, codebook)
    find_works(layout)
    return layout


def lay_out_blank() -> PlanLayout:
    return lay_out(Plan(start=Start(title=BLANK)), find_codebook())


def answer_file(
    request: HttpRequest, layout: PlanLayout, name: str, **about: int
) -> HttpResponse:
    """Return the file in this format, or in plain text why there is none."""
    if name not in FORMATS:
        known = ", ".join(FORMATS)
        return refusal([f"There is no such format. The formats are {known}."], 404)
    if name == "ics" and not layout.has_dates:
        return refusal([NO_DATES], 404)
    return download_styled(
        request,
        FORMATS[name],
        lambda preference, site: PlanFile(layout, preference, site, **about),
        n=len(layout.rows),
        name_parts=["plan", layout.title],
    )


def answer_paper(
    request: HttpRequest, layout: PlanLayout, kept: Kept | None = None
) -> HttpResponse:
    try:
        entries = list_entries(layout, StylePreference.from_cookies(request))
    except EXPORT_ERRORS:
        entries = list_plain_entries(layout)
    is_linked = kept is not None and request.GET.get("link") == "read"
    token = kept.read_token if kept and is_linked else None
    link = reverse("plan:overview", args=[token]) if token else reverse("plan:new")
    context = {
        "layout": layout,
        "kept": kept,
        "address": request.build_absolute_uri(link),
        "is_linked": is_linked,
        "entries": entries,
        "headings": TABLE_HEADINGS,
        "credit": CREDIT,
    }
    return render(request, "plan/print.html", context)

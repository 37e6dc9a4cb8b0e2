"""The page that compares cases, suggestions of cases for it, and its files."""

from functools import partial
from urllib.parse import urlencode

from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from casebase.conditional_get import cache_until_changed
from casebase.files.downloads import find_format, refusal
from initiatives.codebook import Codebook
from initiatives.comparison import links
from initiatives.comparison.candidates import find_cases, find_named, list_examples
from initiatives.comparison.facts import build_column
from initiatives.comparison.file_content import ComparisonFile
from initiatives.comparison.files import FORMATS
from initiatives.comparison.layout import Comparison
from initiatives.comparison.rows import Column
from initiatives.comparison.selection import LEAST, Selection
from initiatives.models import Initiative
from references.exports import download_styled

STYLE_PARAMETERS = ("style", "locale")


def build_comparison(selection):
    """Return the comparison of the selected cases. At most nine queries."""
    public = Initiative.objects.published().with_comparison_details()
    shown = public.in_bulk([case.pk for case in selection.cases])
    columns = [
        build_column(shown[case.pk])
        if case.pk in shown
        else Column(case, is_withdrawn=True)
        for case in selection.cases
    ]
    return Comparison(columns, Codebook().concepts)


@require_safe
@cache_until_changed
def compare_cases(request):
    selection = Selection(request.GET)
    if query := selection.moved_query:
        return redirect(reverse("compare:cases", query=query), permanent=True)
    context = {
        "selection": selection,
        "places": links.list_places(selection),
        "replacements": links.list_replacements(selection),
        "canonical": request.build_absolute_uri(selection.canonical),
    }
    if text := request.GET.get("add", "").strip():
        found = find_cases(text)
        if len(found) == 1:
            return redirect(selection.with_case(found[0].slug))
        context |= {"text": text, "found": [offer(selection, case) for case in found]}
    elif len(selection.cases) < LEAST:
        only = next(iter(selection.cases), None)
        context["examples"] = list_examples(only)
    else:
        context |= comparison_context(selection)
    page = "comparison/page.html"
    return render(request, page, context, status=selection.status)


def offer(selection, case):
    """Return a pair of a case and the address of the comparison with it."""
    return case, selection.with_case(case.slug)


def comparison_context(selection):
    comparison, slugs = build_comparison(selection), selection.slugs
    public = [column.case.slug for column in comparison.known_columns]
    return {
        "comparison": comparison,
        "sections": comparison.shown_sections(selection.show),
        "hidden": [n for n, s in enumerate(slugs, 1) if s not in selection.pair],
        "shows": [
            (show, address, comparison.count(show))
            for show, address in links.list_shows(selection).items()
        ],
        "pairs": links.list_pairs(selection),
        "downloads": download_links(selection),
        "handout": reverse("handout:page", query={"case": slugs}),
        "works_query": f"?{urlencode({'cited': public}, doseq=True)}",
    }


def download_links(selection):
    """Return pairs of a format’s label and the address of the file."""
    query = {"case": selection.slugs, "show": selection.show.value}
    return [
        (file_format.label, reverse("compare:export", args=[name], query=query))
        for name, file_format in FORMATS.items()
    ]


@require_safe
def case_suggestions(request):
    """Return HTML for the field that adds a case: the options of its list."""
    selection = Selection(request.GET, also_known=("q",))
    cases = find_named(request.GET.get("q", "").replace("\0", " ")[:200])
    offers = [offer(selection, c) for c in cases if c not in selection.cases]
    return render(request, "comparison/_suggestions.html", {"offers": offers})


@require_safe
@vary_on_cookie
def export_comparison(request, name):
    file_format = find_format(FORMATS, name)
    selection = Selection(request.GET, also_known=STYLE_PARAMETERS)
    if query := selection.moved_query:
        return redirect(reverse("compare:export", args=[name], query=query))
    if refused := refuse_file(selection):
        return refused
    return download_styled(
        request,
        file_format,
        partial(ComparisonFile, build_comparison(selection), selection),
        n=len(selection.cases),
        name_parts=["comparison", *selection.slugs],
    )


def refuse_file(selection):
    """Return a response that says why there is no file, or None: a file has no place
    for a warning."""
    sentences = [f"There is no case “{name}”." for name in selection.unknown]
    sentences += selection.errors
    if selection.surplus:
        sentences.append("Four cases at most are compared.")
    elif len(selection.cases) < LEAST and not sentences:
        sentences.append("A comparison needs two cases: ?case=one&case=another.")
    if not sentences:
        return None
    status = 404 if selection.status == 404 else 400
    return refusal(sentences, status)

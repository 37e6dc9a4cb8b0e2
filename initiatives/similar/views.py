"""The page of cases like mine, its files, and how they are found."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from casebase.conditional_get import cache_until_changed
from casebase.files.downloads import download, find_format, refusal, site_of
from casebase.files.formats import file_name
from casebase.metadata.negotiation import add_link_header, render_template
from casebase.registry import kind_of
from casebase.tombstones import tombstone_or_none
from initiatives.list_metadata import describe_plain_page
from initiatives.models import Initiative
from initiatives.similar.form import SimilarFilter
from initiatives.similar.formats import FORMATS, MOST_CASES
from initiatives.similar.parts import MATTERS, PARTS, REACHES, SETTLEMENTS
from initiatives.similar.results import LABELS, RARE
from initiatives.similar.space import case_space

PAGE = "initiatives/similar/page.html"


def build_filter(query):
    return SimilarFilter(query, Initiative.objects.published().with_card_details())


@require_safe
@cache_until_changed
def similar_cases(request):
    filterset = build_filter(request.GET)
    if not filterset.is_valid():
        if answer := answer_missing_case(request, filterset):
            return answer
        return render(request, PAGE, {"filter": filterset}, status=400)
    if filterset.is_untidy and not filterset.unknown_parameters:
        number = filterset.form.cleaned_data["page"] or 1
        return redirect(request.path + filterset.query_for_page(number))
    page = filterset.current_page
    description = describe_plain_page(
        "initiatives:similar",
        filterset.sentence,
        request.build_absolute_uri,
        filterset.query_for_page(page.number),
    )
    context = {
        "filter": filterset,
        "page": page,
        "n_cases": len(case_space(filterset.snapshot)),
        "files": links_to_files(filterset.query),
    }
    response = render_template(request, description, (PAGE, context))
    return add_link_header(response, description)


def links_to_files(query):
    """Return pairs of the label and the address of each file."""
    name = "initiatives:similar-export"
    return [
        (each.label, reverse(name, args=[each.name]) + query)
        for each in FORMATS.values()
    ]


def answer_missing_case(request, filterset):
    """Return the response if the case to start from is not public, but once was.

    410 if it was withdrawn or deleted, a redirect if it was renamed, otherwise None.
    """
    slug = request.GET.get("case", "")
    if "case" not in filterset.form.errors or "\0" in slug:
        return None
    withdrawn = Initiative.objects.withdrawn().filter(slug=slug).first()
    if withdrawn:
        return render(request, "410.html", {"initiative": withdrawn}, status=410)
    moved = Initiative.objects.reachable().filter(former_slugs__slug=slug).first()
    if moved:
        query = request.GET.copy()
        query["case"] = moved.slug
        address = f"{reverse('initiatives:similar')}?{query.urlencode()}"
        return redirect(address, permanent=True)
    return tombstone_or_none(request, kind_of(Initiative), slug)


@require_safe
def similar_export(request, name):
    file_format, filterset = find_format(FORMATS, name), build_filter(request.GET)
    if complaints := filterset.error_messages:
        return refusal(complaints)
    site = site_of(request)
    return download(
        request,
        file_format.write((filterset, site)),
        n=min(MOST_CASES, len(filterset.matches)),
        media_type=file_format.media_type,
        name=file_name([filterset.sentence], file_format.extension),
    )


@require_safe
@cache_until_changed
def similar_rules(request):
    description = describe_plain_page(
        "initiatives:similar-rules",
        "How cases like mine are found",
        request.build_absolute_uri,
    )
    context = {
        "parts": PARTS.values(),
        "matters": MATTERS,
        "settlements": [LABELS["settlement"][each] for each in SETTLEMENTS],
        "reaches": [LABELS["reach"][each] for each in REACHES],
        "one_in": round(1 / RARE),
    }
    shown = ("initiatives/similar/rules.html", context)
    return add_link_header(render_template(request, description, shown), description)

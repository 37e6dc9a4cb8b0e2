"""The pages of cases like mine, and of how they are found."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from casebase.conditional_get import cache_until_changed
from casebase.metadata.negotiation import add_link_header, render_template
from casebase.registry import kind_of
from casebase.tombstones import tombstone_or_none
from initiatives.list_metadata import describe_plain_page
from initiatives.models import Initiative
from initiatives.similar.form import SimilarFilter
from initiatives.similar.parts import MATTERS, PARTS, REACHES, SETTLEMENTS
from initiatives.similar.results import LABELS, RARE
from initiatives.similar.space import case_space

PAGE = "initiatives/similar/page.html"


@require_safe
@cache_until_changed
def similar_cases(request):
    filterset = SimilarFilter(
        request.GET, Initiative.objects.published().with_card_details()
    )
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
    context = {"filter": filterset, "page": page}
    context["n_cases"] = len(case_space(filterset.snapshot))
    response = render_template(request, description, (PAGE, context))
    return add_link_header(response, description)


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

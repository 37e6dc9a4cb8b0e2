"""The page of a search, and suggestions while a reader types."""

from django.http import JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from casebase.site.search.autocomplete import suggestions
from casebase.site.search.page import LONGEST, SearchPage


@require_safe
def search(request):
    page = SearchPage(request.GET.get("q", ""))
    status = 400 if page.is_too_long else 200
    context = {"search": page, "has_search_box": True}
    return render(request, "search/search.html", context, status=status)


@require_safe
def opensearch_suggestions(request):
    """Return JSON for a browser's search bar: names, their kinds and their addresses.

    https://github.com/dewitt/opensearch, “OpenSearch Suggestions extension”
    """
    text, offers = _offers(request)
    answer = [
        text,
        [one.label for one in offers],
        [", ".join(filter(None, [one.group, one.count])) for one in offers],
        [request.build_absolute_uri(one.address) for one in offers],
    ]
    kind = "application/x-suggestions+json"
    return JsonResponse(answer, safe=False, content_type=kind)


@require_safe
def suggestion_options(request):
    """Return HTML for the site's search box: the options of its list."""
    _, offers = _offers(request)
    return render(request, "search/_offers.html", {"offers": offers})


def _offers(request):
    text = request.GET.get("q", "")
    return text, suggestions(text) if len(text) <= LONGEST else []

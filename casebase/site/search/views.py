"""The page of a search, and what is offered while one types."""

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
def suggest(request):
    """Names for a browser's own search bar, with what they are and where they lead.

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
def offer(request):
    """The same for the site's own box: the part of a page that its list shows."""
    _, offers = _offers(request)
    return render(request, "search/_offers.html", {"offers": offers})


def _offers(request):
    text = request.GET.get("q", "")
    return text, suggestions(text) if len(text) <= LONGEST else []

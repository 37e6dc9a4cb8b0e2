"""The response of a list: its page, a part of the page, or a document."""

from collections.abc import Callable
from functools import cache, partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from casebase.lists.charts import ListCharts
from casebase.lists.filterset import ListFilterSet
from casebase.metadata.negotiation import negotiate_response, render_template
from casebase.metadata.page_description import PageDescription


def list_response(
    request: HttpRequest,
    template: str,
    filterset: ListFilterSet,
    describe: Callable[[Any, Callable[[str], str]], PageDescription],
    document: str,
    charts: Callable[[Any], ListCharts] | None = None,
) -> HttpResponse:
    """Return the response of a list: the page or a document, for htmx only a part.

    ``describe(filterset, absolute)`` returns the PageDescription; ``absolute`` makes
    an address absolute. An invalid form gets status 400. ``charts(filterset)`` returns
    the charts of the list; the template calls it if it draws them.
    """
    context: dict[str, Any] = {"filter": filterset, "page": filterset.current_page}
    if charts:
        context["charts"] = cache(partial(charts, filterset))
    if request.htmx:
        template += "#finder"
    if request.htmx or not filterset.is_valid():
        status = 200 if filterset.is_valid() else 400
        return render(request, template, context, status=status)
    description = describe(filterset, request.build_absolute_uri)
    shown = (template, context)
    return negotiate_response(request, description, document, render_template, shown)

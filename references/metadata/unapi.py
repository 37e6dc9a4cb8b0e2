"""unAPI, by which Zotero fetches each work of a page in a format without losses.

Of the readers that fit any page Zotero asks unAPI first, then COinS, then meta tags
(priorities 300, 310, 320 in https://github.com/zotero/translators), and COinS has no
place for editors, numbers of reports or days of reading. It fetches work by work, each
in the first format that it knows: so each is answered at once, without a redirect.

https://web.archive.org/web/20140331070802/http://unapi.info/specs/
"""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import require_safe

from casebase.metadata.page_description import OF_ITEM

# The name of a format, as Zotero knows it, and the document of the record's page.
OFFERED = {"rdf_zotero": "item.rdf", "ris": "item.ris", "bibtex": "item.bib"}
ID = re.compile(r"[a-z0-9-]{1,120}(/[a-z0-9-]{1,120}){0,3}")


@require_safe  # type: ignore[untyped-decorator]
def unapi(request: HttpRequest) -> HttpResponse:
    """The formats there are; for a record, which are its choices; or it in one."""
    item, name = request.GET.get("id", ""), request.GET.get("format", "")
    if not item:
        return formats("<formats>", status=200)
    if not ID.fullmatch(item):
        raise Http404("There is no work with this id.")
    if name and name not in OFFERED:
        text = f"The formats are {', '.join(OFFERED)}.\n"
        return HttpResponse(text, "text/plain; charset=utf-8", status=406)
    response = document_of(request, item, OFFERED[name or "rdf_zotero"])
    if name or response.status_code != 200:
        return response
    return formats(format_html('<formats id="{}">', item), status=300)


def document_of(request: HttpRequest, item: str, document: str) -> HttpResponse:
    """What the page of a record answers with; a citekey alone is that of a work."""
    path = item if "/" in item else f"references/{item}"
    try:
        view, _, named = resolve(f"/{path}/{document}")
    except Resolver404:
        named = {}
    # An address that takes anything, as the desk does, knows of no documents.
    if named.get("document") != document:
        raise Http404("There is no work with this id.")
    response: HttpResponse = view(request, **named)
    return response


def formats(opening: str, *, status: int) -> HttpResponse:
    lines = format_html_join(
        "\n",
        '<format name="{}" type="{}"/>',
        ((name, OF_ITEM[document].media_type) for name, document in OFFERED.items()),
    )
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n{opening}\n{lines}\n</formats>\n'
    return HttpResponse(text, "application/xml", status=status)

"""unAPI: Zotero fetches each work of a page by it, in a format without losses.

Of its translators for any page Zotero tries unAPI first, then COinS, then meta tags
(priorities 300, 310, 320 in https://github.com/zotero/translators), and COinS has no
key for editors, numbers of reports or days of reading. It fetches work by work, each
in the first format that it knows, so each gets its answer without a redirect.

https://web.archive.org/web/20140331070802/http://unapi.info/specs/
"""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import require_safe

from references.metadata.record_page import ITEM_DOCUMENTS

# The name of a format in Zotero → the document of the record's page.
DOCUMENTS = {"rdf_zotero": "item.rdf", "ris": "item.ris", "bibtex": "item.bib"}
ID = re.compile(r"[a-z0-9-]{1,120}(/[a-z0-9-]{1,120}){0,3}")


# Django has no types, so mypy takes its decorators for anything.
@require_safe  # type: ignore[untyped-decorator]
def unapi(request: HttpRequest) -> HttpResponse:
    """The list of formats, the formats of a record (300), or the record in a format."""
    item, name = request.GET.get("id", ""), request.GET.get("format", "")
    if not item:
        return list_formats("<formats>", status=200)
    if not ID.fullmatch(item):
        raise Http404("There is no work with this id.")
    if name and name not in DOCUMENTS:
        text = f"The formats are {', '.join(DOCUMENTS)}.\n"
        return HttpResponse(text, "text/plain; charset=utf-8", status=406)
    response = document_of(request, item, DOCUMENTS[name or "rdf_zotero"])
    if name or response.status_code != 200:
        return response
    return list_formats(format_html('<formats id="{}">', item), status=300)


def document_of(request: HttpRequest, item: str, document: str) -> HttpResponse:
    """Return a document of a record's page; a citekey alone identifies a work."""
    path = item if "/" in item else f"references/{item}"
    try:
        view, _, named = resolve(f"/{path}/{document}")
    except Resolver404:
        named = {}
    # Other addresses, such as the desk, may take any path; they have no documents.
    if named.get("document") != document:
        raise Http404("There is no work with this id.")
    response: HttpResponse = view(request, **named)
    return response


def list_formats(opening: str, *, status: int) -> HttpResponse:
    lines = format_html_join(
        "\n",
        '<format name="{}" type="{}"/>',
        (
            (name, ITEM_DOCUMENTS[document].media_type)
            for name, document in DOCUMENTS.items()
        ),
    )
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n{opening}\n{lines}\n</formats>\n'
    return HttpResponse(text, "application/xml", status=status)

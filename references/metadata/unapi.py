"""unAPI, by which Zotero fetches the one work of a page in a format without losses.

Of the readers that fit any page Zotero asks unAPI first, then COinS, then meta tags
(priorities 300, 310, 320 in https://github.com/zotero/translators), and COinS has no
place for editors, numbers of reports or days of reading. So pages of works offer unAPI;
pages with many works do not, for it fetches them one by one.

https://web.archive.org/web/20140331070802/http://unapi.info/specs/
"""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import require_safe

from references.metadata.described import DOCUMENTS

# The name of a format, as Zotero knows it, and the document of the work's page.
OFFERED = {"ris": "ris.ris", "bibtex": "bibtex.bib"}
KEY = re.compile(r"[a-z0-9-]{1,120}")


@require_safe  # type: ignore[untyped-decorator]
def unapi(request: HttpRequest) -> HttpResponse:
    """The formats there are; for a work, which are its choices; or the way to one."""
    key, name = request.GET.get("id", ""), request.GET.get("format", "")
    if not key:
        return formats("<formats>", status=200)
    if not KEY.fullmatch(key):
        raise Http404("There is no work with this id.")
    if not name:
        return formats(format_html('<formats id="{}">', key), status=300)
    if name not in OFFERED:
        text = f"The formats are {', '.join(OFFERED)}.\n"
        return HttpResponse(text, "text/plain; charset=utf-8", status=406)
    return redirect("references:document", key=key, document=OFFERED[name])


def formats(opening: str, *, status: int) -> HttpResponse:
    lines = format_html_join(
        "\n",
        '<format name="{}" type="{}"/>',
        ((name, DOCUMENTS[document].media_type) for name, document in OFFERED.items()),
    )
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n{opening}\n{lines}\n</formats>\n'
    return HttpResponse(text, "application/xml", status=status)

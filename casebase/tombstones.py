"""Tombstones: the pages at addresses of deleted records, with status 410."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from casebase.history.content import parse_content
from casebase.history.models import Version


def tombstone_or_none(
    request: HttpRequest, kind: str, name: str
) -> HttpResponse | None:
    """Return 410 if a record with this name was public once, or None.

    Call it when no record has the name or had it formerly. It searches the versions,
    which remain however a record was deleted.
    """
    version = Version.objects.filter(kind=kind, name=name).public().first()
    if version is None:
        return None
    last = Version.objects.of(kind, version.key).select_related("edit")[:2]
    context = {"day": last[0].edit.at if last[0].is_deletion else None}
    # The reason is shown only for a case that was withdrawn before it was deleted:
    # notes on edits are not public.
    content = parse_content(last[len(last) - 1].content)
    if content.get("status") == "withdrawn":
        context["why"] = content["status_note"]
    return render(request, "tombstone.html", context, status=410)

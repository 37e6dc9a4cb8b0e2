"""What once stood at an address: readers hear that it is gone, and why."""

from django.shortcuts import render

from casebase.history.content import parse_content
from casebase.history.models import Version


def gone_or_none(request, kind, name):
    """410 in words where readers once saw a record of this name; None elsewhere.

    The versions of the records tell, which stay when a record is deleted, by whatever
    means. Asked only where no record and no former name was found.
    """
    was = Version.objects.filter(kind=kind, name=name).public().first()
    if was is None:
        return None
    last = Version.objects.of(kind, was.key).select_related("edit")[:2]
    context = {"day": last[0].edit.at if last[0].is_deletion else None}
    # Withdrawn before it was deleted, a case had said why; notes on edits are not for
    # readers.
    said = parse_content(last[len(last) - 1].content)
    if said.get("status") == "withdrawn":
        context["why"] = said["status_note"]
    return render(request, "gone.html", context, status=410)

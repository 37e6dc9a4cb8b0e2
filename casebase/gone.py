"""What once stood at an address: readers hear that it is gone, and why."""

from django.shortcuts import render

from history.models import Version


def gone_or_none(request, kind, name):
    """410 in words where readers once saw a record of this name; None elsewhere.

    The versions of the records tell, which stay when a record is deleted, by whatever
    means. Asked only where no record and no former name was found.
    """
    was = Version.objects.filter(kind=kind, name=name).public().first()
    if was is None:
        return None
    last = Version.objects.of(kind, was.key).select_related("edit").first()
    why = last.edit.why if last.is_end else ""
    return render(request, "gone.html", {"why": why}, status=410)

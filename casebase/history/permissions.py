"""Who may undo edits and restore versions.

One rule: whoever may do the same to each record on its own page at the desk. Undoing
what made a record removes it, undoing what deleted it makes it again, and all else
changes it. The desk's page of a record (``ModelAdmin``) answers each of these.
"""

from collections.abc import Collection, Iterator
from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from casebase.history.content import parse_content
from casebase.history.model_history import versioned
from casebase.history.models import Edit, Version
from casebase.history.pages import admin_model


def may_undo(request: HttpRequest, edit: Edit) -> bool:
    """Whether the user may take this edit back, on every record it touched.

    One query for each kind of record that the edit touched, and one for the edit.
    """
    found = {(v.kind, v.key): v for v in Version.objects.preceding(edit)}
    return all(
        may_bring_back(request, found.get((after.kind, after.key)), after, record)
        for after, record in with_records(edit.versions.all())
    )


def may_restore(request: HttpRequest, version: Version) -> bool:
    """Whether the user may make the record what this version says."""
    [(_, record)] = with_records([version])
    return may_bring_back(request, version, version, record)


def may_bring_back(
    request: HttpRequest, earlier: Version | None, version: Version, record: Any
) -> bool:
    """Whether the user may have a record be as an earlier version says.

    ``earlier`` is None, or says that the record was deleted, where there is to be no
    record; ``record`` is None where there is none now. ``version`` says what it is.
    """
    page = admin.site.get_model_admin(admin_model(version))
    if earlier is None or earlier.is_deletion:
        return record is None or page.has_remove_permission(request, record)
    if record is not None:
        return page.has_change_permission(request, record)
    return page.has_add_permission(request) and may_recreate(request.user, earlier)


def may_recreate(user: Any, version: Version) -> bool:
    """Whether a user who may add such records may make this deleted one again."""
    content = parse_content(version.content)
    return versioned[version.kind].may_recreate(user, content)


def with_records(versions: Collection[Version]) -> Iterator[tuple[Version, Any]]:
    """Pairs of a version and its record as it is now, or None if it was deleted."""
    for kind, history in versioned.items():
        of_kind = [version for version in versions if version.kind == kind]
        records = history.model.objects.in_bulk([version.key for version in of_kind])
        for version in of_kind:
            yield version, records.get(version.key)

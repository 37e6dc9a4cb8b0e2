"""Who may undo edits and restore versions.

A user who may make the same changes on the pages of the records may undo an edit.
Undoing a creation deletes the record, undoing a deletion creates it, and undoing
anything else changes it. The ``ModelAdmin`` of a record decides on each of these.
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
    """Return whether the user may undo this edit for every record that it changed.

    Makes one query for each kind of record that the edit changed, and one for the edit.
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
    """Return whether the user may restore an earlier version of a record.

    ``earlier`` is None or a deletion if the record would be deleted; ``record`` is None
    if it does not exist now. ``version`` is its last version.
    """
    page = admin.site.get_model_admin(admin_model(version))
    if earlier is None or earlier.is_deletion:
        return record is None or page.has_remove_permission(request, record)
    if record is not None:
        return page.has_change_permission(request, record)
    return page.has_add_permission(request) and may_recreate(request.user, earlier)


def may_recreate(user: Any, version: Version) -> bool:
    """Return whether a user who may add such records may restore this deleted one."""
    content = parse_content(version.content)
    return versioned[version.kind].may_recreate(user, content)


def with_records(versions: Collection[Version]) -> Iterator[tuple[Version, Any]]:
    """Yield pairs of a version and its current record, None if that was deleted."""
    for kind, history in versioned.items():
        of_kind = [version for version in versions if version.kind == kind]
        records = history.model.objects.in_bulk([version.key for version in of_kind])
        for version in of_kind:
            yield version, records.get(version.key)

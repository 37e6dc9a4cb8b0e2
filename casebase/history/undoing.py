"""Undoes an edit as a whole: an import, a merge, a restored version."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, OuterRef

from casebase.change_tracking.transactions import lock_for_writing, tracked_transaction
from casebase.history.content import Content, parse_content
from casebase.history.errors import RestoreError
from casebase.history.former_names import release_names, restore_former_names
from casebase.history.model_history import versioned
from casebase.history.models import Edit, Version
from casebase.history.writing_back import write_back


def undo(edit: Edit, *, by: Any = None, why: str = "") -> list[str]:
    """Return every record that the edit changed to its state before the edit.

    Records that it deleted are made again under their primary keys. Records that it
    created are deleted, unless others use them by now or readers may have seen them:
    see ``remove_created`` of each ModelHistory. Former addresses stay. Itself an edit,
    which can be undone.

    Returns sentences about the created records that stay. Raises RestoreError, with a
    sentence for each record that was changed since; then nothing is changed.
    """
    if not edit.can_be_undone:
        raise RestoreError(["What there was before the history can’t be undone."])
    with tracked_transaction(by=by, why=why, action=Edit.Act.UNDO, undoes=edit):
        lock_for_writing()
        refuse_changed_since(edit)
        before = contents_before(edit)
        release_names(edit, before)
        unpublish(edit, before)
        for kind, contents in before.items():
            write_back(kind, contents)
        remaining = remove_created(edit, before)
        restore_former_names(before)
    return remaining


def refuse_changed_since(edit: Edit) -> None:
    """Raise RestoreError if records are not as the edit left them.

    A record that was changed and changed back counts as unchanged.
    """
    superseded = edit.versions.superseded().order_by("kind", "name")
    same_record = superseded.filter(kind=OuterRef("kind"), key=OuterRef("key"))
    latest = Version.objects.latest().filter(Exists(same_record))
    current = {(version.kind, version.key): version for version in latest}
    pairs = [(version, current[version.kind, version.key]) for version in superseded]
    sentences = [
        f"“{now.name}” was changed since: it has version {now.number} now."
        for left, now in pairs
        if comparable(left) != comparable(now)
    ]
    if sentences:
        raise RestoreError(sentences)


def comparable(version: Version) -> Content:
    """The content without what an undone edit leaves behind; empty for a deletion."""
    content = parse_content(version.content)
    return versioned[version.kind].comparable(content) if content else content


def contents_before(edit: Edit) -> dict[str, dict[int, Content]]:
    """Return kind → primary key → content, of records that existed before the edit."""
    found: dict[str, dict[int, Content]] = {kind: {} for kind in versioned}
    for version in Version.objects.preceding(edit):
        if not version.is_deletion:
            content = parse_content(version.content)
            found[version.kind][version.key] = versioned[version.kind].revise(content)
    return found


def unpublish(edit: Edit, before: Mapping[str, dict[int, Content]]) -> None:
    """Change the contents of records that readers could see only after the edit."""
    for kind, key in edit.versions.public().values_list("kind", "key"):
        if content := before[kind].get(key):
            before[kind][key] = versioned[kind].unpublish(content)


def remove_created(
    edit: Edit, before: Mapping[str, Mapping[int, Content]]
) -> list[str]:
    """Remove what the edit created; return sentences about what stays."""
    remaining: list[str] = []
    for kind, history in reversed(versioned.items()):
        versions = edit.versions.filter(kind=kind).exclude(content="")
        created = versions.exclude(key__in=before[kind])
        keys = set(created.values_list("key", flat=True))
        remaining += history.remove_created(keys)
    return remaining

"""A record made what a version says it was; itself a new version."""

from typing import Any

from casebase.change_tracking.transactions import lock_for_writing, tracked_transaction
from casebase.history.content import parse_content
from casebase.history.errors import RestoreError
from casebase.history.former_names import restore_former_names
from casebase.history.model_history import versioned
from casebase.history.models import Edit, Version
from casebase.history.writing_back import write_back


def restore(version: Version, *, by: Any = None, why: str = "") -> None:
    """Make the record what the version says.

    A record that is there keeps its identity, and one that was deleted is made again
    under its primary key; the ModelHistory of its model says more. Raises RestoreError;
    then nothing is changed.
    """
    if version.is_deletion:
        raise RestoreError(["This version says that the record was deleted."])
    history = versioned[version.kind]
    with tracked_transaction(by=by, why=why, action=Edit.Act.RESTORE):
        lock_for_writing()
        record = history.with_details().filter(pk=version.key).first()
        current = history.content_of(record) if record else None
        content = parse_content(version.content)
        content = history.merge_current_identity(content, current)
        if content == current:
            raise RestoreError(["The record says this already."])
        contents = {version.key: history.revise(content)}
        write_back(version.kind, contents)
        restore_former_names({version.kind: contents})

"""Transactions that write records: who writes why, and updating what is derived."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from casebase.change_tracking.models import Counter, Touched

# Functions that update data derived from the records within the database. Each is
# called with the touched records: kind → primary keys. Apps append theirs when they are
# ready.
DERIVED_DATA_UPDATERS: list[Callable[[Mapping[str, set[int]]], None]] = []


@dataclass
class EditContext:
    """The person who writes in a transaction, the reason, and the kind of action.

    ``action`` is one of history.models.Edit.Act. ``undoes`` is the edit that this
    transaction undoes, if any. ``edit`` is set to the edit that the history records
    for this transaction, if any record changed. ``begun_edit`` is one that was recorded
    before, to which all further changes of this transaction belong.
    """

    by: Any = None
    why: str = ""
    # A value of history.models.Edit.Act.
    action: Any = "elsewhere"
    undoes: Any = None
    edit: Any = None
    begun_edit: Any = None


_edit_context: ContextVar[EditContext | None] = ContextVar("edit_context", default=None)


def current_edit_context() -> EditContext:
    """Return the context of the innermost tracked transaction.

    Outside of one, return a new context with the action “elsewhere”.
    """
    return _edit_context.get() or EditContext()


@contextmanager
def tracked_transaction(
    *, by: Any = None, why: str = "", action: Any = "elsewhere", undoes: Any = None
) -> Iterator[EditContext]:
    """Open a transaction that ends with updating all derived data.

    Other connections see all of its changes at once, or none. Changes that were made
    before, at the database's own prompt or in an outer transaction, are processed
    first, so that they don't count as part of this edit. ``by`` defaults to the person
    of the outer tracked transaction.
    """
    with transaction.atomic():
        update_derived_data()
        person = current_edit_context().by if by is None else by
        context = EditContext(person, why, action, undoes)
        token = _edit_context.set(context)
        try:
            yield context
            if not transaction.get_rollback():
                update_derived_data()
        finally:
            _edit_context.reset(token)


def update_derived_data() -> None:
    """Update what is derived from records that were touched since the last update."""
    pending = Touched.objects.pending()
    if not pending.exists():
        return
    lock_for_writing()
    touched = pending.by_kind()
    for update in DERIVED_DATA_UPDATERS:
        update(touched)
    pending.update(is_followed=True)


def lock_for_writing() -> None:
    """Block all other writers until this transaction ends.

    Everything that is read afterwards is as the last writer committed it.
    """
    Counter.objects.select_for_update().first()

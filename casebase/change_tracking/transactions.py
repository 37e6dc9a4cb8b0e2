"""One transaction that leaves nothing derived behind, and knows whose it is."""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from casebase.change_tracking.models import Counter, Touched

# What is derived within the database: functions that are told kind → primary keys.
FOLLOWERS = []


@dataclass
class Writing:
    """Whose a transaction is, why it writes, and as what.

    ``act`` is one of history.models.Edit.Act; ``undoes`` is the edit that it takes
    back, if any. ``edit`` is the one that was made of it, once it has ended.
    """

    by: Any = None
    why: str = ""
    act: str = "elsewhere"
    undoes: Any = None
    edit: Any = None


_writing = ContextVar("writing", default=None)


def writing():
    """The writing that goes on. What nobody claims was written elsewhere."""
    return _writing.get() or Writing()


@contextmanager
def written_together(*, by=None, why="", act="elsewhere", undoes=None):
    """A transaction at whose end everything derived follows the records.

    Readers of other connections see all of it at once, or nothing. What was written
    before, at the database's own prompt or by the writing around this one, is followed
    first, so that it counts as no part of this. Inside another one it belongs to the
    same person, unless told.
    """
    with transaction.atomic():
        follow()
        own = Writing(writing().by if by is None else by, why, act, undoes)
        token = _writing.set(own)
        try:
            yield own
            if not transaction.get_rollback():
                follow()
        finally:
            _writing.reset(token)


def follow():
    """Have the followers look at what was touched and not yet followed."""
    pending = Touched.objects.unfollowed()
    if not pending.exists():
        return
    hold()
    touched = pending.by_kind()
    for follower in FOLLOWERS:
        follower(touched)
    pending.update(is_followed=True)


def hold():
    """Let nobody else write before this transaction ends.

    What is read from now on is as the last writer left it.
    """
    Counter.objects.select_for_update().first()

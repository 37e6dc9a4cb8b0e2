"""One transaction that leaves nothing derived behind."""

from contextlib import contextmanager

from django.db import transaction

from changes.models import Touched

# What is derived within the database: functions that are told kind → primary keys.
FOLLOWERS = []


@contextmanager
def written_together():
    """A transaction at whose end everything derived follows the records.

    Readers of other connections see all of it at once, or nothing.
    """
    with transaction.atomic():
        yield
        if not transaction.get_rollback():
            follow()


def follow():
    """Have the followers look at what was touched and not yet followed."""
    pending = Touched.objects.unfollowed()
    touched = pending.by_kind()
    if not touched:
        return
    for follower in FOLLOWERS:
        follower(touched)
    pending.update(is_followed=True)

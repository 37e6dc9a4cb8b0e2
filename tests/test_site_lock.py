"""Locks that one process of the whole site can hold at a time."""

from contextlib import ExitStack

import pytest

from casebase.semaphore import BusyError
from casebase.site_lock import site_lock

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_holds_the_lock_at_a_time():
    with site_lock("links", "The links are being checked."):
        second = site_lock("links", "The links are being checked.")
        with pytest.raises(BusyError, match="The links are being checked"), second:
            pytest.fail("Two hold the lock.")
        with site_lock("another", "Busy."):
            pass
    with site_lock("links", "Busy."):
        pass


def test_an_error_ends_the_lock():
    with pytest.raises(ValueError, match="An error"), site_lock("links", "Busy."):
        raise ValueError("An error.")
    with ExitStack() as stack:
        stack.enter_context(site_lock("links", "Busy."))

"""Versions become visible in order, even with concurrent writers, and only once."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections, transaction

from casebase.change_tracking.models import Counter, Touched
from initiatives.models import Initiative
from tests.concurrent_writes import postgresql_only, wait_until_blocked
from tests.factories import InitiativeFactory


def rename(case):
    """Rename the case. Returns the version after that."""
    try:
        Initiative.objects.filter(pk=case.pk).update(name=f"{case.name}, renamed")
        return Counter.objects.current()
    finally:
        connections.close_all()


@postgresql_only
@pytest.mark.django_db(transaction=True)
def test_second_writer_waits_until_first_has_committed():
    first, second = InitiativeFactory(), InitiativeFactory()
    before = Counter.objects.current()
    with ThreadPoolExecutor(1) as others:
        with transaction.atomic():
            Initiative.objects.filter(pk=first.pk).update(name="First")
            lower = Counter.objects.current()
            later = others.submit(rename, second)
            wait_until_blocked(later)
            # Nobody can read the higher version before the lower one is committed.
            assert Counter.objects.current() == lower
        assert later.result() > lower > before
    assert Touched.objects.since(before).by_kind() == {
        "initiative": {first.pk, second.pk}
    }


@pytest.mark.django_db(transaction=True)
def test_versions_that_a_restored_backup_lacks_are_not_used_again():
    """What caches have for them, here and elsewhere, was made of other records."""
    case = InitiativeFactory()
    before = time.time_ns() // 1000
    Counter.objects.update(version=1)
    case.save()
    # SQLite's clock has milliseconds.
    assert Counter.objects.current() > before - 2_000


@pytest.mark.django_db(transaction=True)
def test_versions_rise_though_the_clock_is_behind():
    case = InitiativeFactory()
    Counter.objects.update(version=2**60)
    case.save()
    assert Counter.objects.current() > 2**60

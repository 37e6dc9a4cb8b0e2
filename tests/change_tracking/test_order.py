"""Versions become visible in their order, however many write at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, transaction

from casebase.change_tracking.models import Counter, Touched
from initiatives.models import Initiative
from tests.factories import InitiativeFactory

WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"


def write(case):
    try:
        Initiative.objects.filter(pk=case.pk).update(name=f"{case.name}, renamed")
        return Counter.objects.current()
    finally:
        connections.close_all()


@pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="SQLite has one writer at a time"
)
@pytest.mark.django_db(transaction=True)
def test_who_writes_second_waits_until_the_first_has_committed():
    first, second = InitiativeFactory(), InitiativeFactory()
    before = Counter.objects.current()
    with ThreadPoolExecutor(1) as others, connection.cursor() as cursor:
        with transaction.atomic():
            Initiative.objects.filter(pk=first.pk).update(name="First")
            later = others.submit(write, second)
            waiting = 0
            while not waiting:
                assert not later.done()
                waiting = cursor.execute(WAITING).fetchone()[0]
            # Nobody has read the higher number while the lower one is still to come.
            assert Counter.objects.current() == before + 1
        assert later.result() == before + 2
    assert Touched.objects.since(before).by_kind() == {
        "initiative": {first.pk, second.pk}
    }

"""The cache of the newest snapshot: who builds it, and how much is read for it."""

import pytest

from casebase.change_tracking.models import Counter, Touched
from casebase.facets.snapshot_cache import SnapshotCache, build_snapshot
from tests.factories import InitiativeFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_all_records_are_read_if_many_were_touched(monkeypatch):
    previous = build_snapshot(None, Counter.objects.get())
    InitiativeFactory()
    untracked = InitiativeFactory()
    Touched.objects.filter(kind="initiative", key=untracked.pk).delete()
    counter = Counter.objects.get()
    assert len(build_snapshot(previous, counter)) == len(previous) + 1
    monkeypatch.setattr("casebase.facets.snapshot_cache.MAX_TOUCHED", 0)
    monkeypatch.setattr("casebase.facets.snapshot_cache.MAX_TOUCHED_SHARE", 0)
    assert len(build_snapshot(previous, counter)) == len(previous) + 2


def test_a_snapshot_that_another_thread_built_is_not_built_again():
    class LockOfAnotherThread:
        def __enter__(self):
            cache._snapshot = self.built = build_snapshot(None, Counter.objects.get())

        def __exit__(self, *_):
            pass

    cache = SnapshotCache()
    cache._lock = LockOfAnotherThread()
    assert cache.current() is cache._lock.built


def test_an_empty_snapshot_is_cached(django_assert_num_queries):
    cache = SnapshotCache()
    assert len(cache.current()) == 0
    with django_assert_num_queries(1):
        cache.current()

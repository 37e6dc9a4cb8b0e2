"""Who makes the snapshot of the present state, and how much is read for it."""

import pytest

from casebase.change_tracking.models import Counter, Touched
from casebase.facets.snapshot_cache import SnapshotCache, build_snapshot
from tests.factories import InitiativeFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_so_much_that_changed_is_read_with_all_the_rest(monkeypatch):
    kept = build_snapshot(None, Counter.objects.get())
    InitiativeFactory()
    overlooked = InitiativeFactory()
    Touched.objects.filter(kind="initiative", key=overlooked.pk).delete()
    counter = Counter.objects.get()
    assert len(build_snapshot(kept, counter)) == len(kept) + 1
    monkeypatch.setattr("casebase.facets.snapshot_cache.FEW", 0)
    monkeypatch.setattr("casebase.facets.snapshot_cache.SHARE", 0)
    assert len(build_snapshot(kept, counter)) == len(kept) + 2


def test_what_another_reader_made_meanwhile_is_not_made_again():
    class OthersComeFirst:
        def __enter__(self):
            keeper._snapshot = self.made = build_snapshot(None, Counter.objects.get())

        def __exit__(self, *_):
            pass

    keeper = SnapshotCache()
    keeper._lock = OthersComeFirst()
    assert keeper.current() is keeper._lock.made


def test_that_there_is_nothing_is_read_once(django_assert_num_queries):
    keeper = SnapshotCache()
    assert len(keeper.current()) == 0
    with django_assert_num_queries(1):
        keeper.current()

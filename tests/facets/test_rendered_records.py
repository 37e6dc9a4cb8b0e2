"""What was rendered of records, for as long as none of them changes."""

from casebase.facets import rendered_records
from casebase.facets.rendered_records import RenderedRecords
from casebase.facets.snapshot import Snapshot


def render(snapshot, name, *records):
    """Return what is kept under the name; if nothing is, the name in capitals."""
    rendered = []

    def shout():
        rendered.append(name)
        return name.upper()

    assert snapshot.rendered.get_or_render(name, records, shout) == name.upper()
    return bool(rendered)


def test_the_next_snapshot_takes_over_what_shows_no_touched_record():
    first = Snapshot(1, {})
    bees = ("initiative", 1), ("reference", 7)
    assert render(first, "bees", *bees)
    assert render(first, "honey", ("initiative", 2))
    assert not render(first, "bees", *bees)
    second = first.updated(2, {"reference": [7, 8], "initiative": [3]})
    assert render(second, "bees", *bees)
    assert not render(second, "honey")
    # A key is touched as one of its kind.
    third = second.updated(3, {"reference": [2]})
    assert not render(third, "honey")


def test_a_late_request_puts_nothing_into_newer_snapshots():
    first = Snapshot(1, {})
    second = first.updated(2, {"initiative": [1]})
    assert render(first, "bees", ("initiative", 1))
    assert render(second, "bees", ("initiative", 1))


def test_the_number_is_limited(monkeypatch):
    monkeypatch.setattr(rendered_records, "MOST", 2)
    kept = RenderedRecords()
    for name in "abc":
        kept.keep(name, name, [])
    assert [kept.get(name) for name in "abc"] == [None, None, "c"]

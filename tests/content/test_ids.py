"""Ids of findings in sheets written by hand."""

from initiatives.models import Finding
from tests.content.desk import SURREY, WEYHE

LINES = ["  - id: f3333333\n    kind", "  - id: f4444444\n    kind"]


def without_ids(desk):
    for line in LINES:
        desk.edit(WEYHE, line, "  - kind")
    desk.edit(WEYHE, "  - id: f2222222\n    term", "  - term")


def test_missing_ids_are_given_and_told(desk):
    without_ids(desk)
    report = desk.load()
    given = [f"weyhe {mark}" for mark in marks("weyhe")]
    assert sorted(report.given_ids) == sorted(given)
    assert "dump_content writes them down" in report.in_words(dry_run=False)


def marks(slug):
    findings = Finding.objects.filter(initiative__slug=slug)
    return list(findings.values_list("short_id", flat=True))


def test_the_same_sheet_is_given_the_same_ids(desk, writes):
    without_ids(desk)
    desk.load()
    with writes:
        assert desk.changes() == {}
    assert writes.tables == set()


def test_one_statement_said_twice_has_two_ids(desk):
    without_ids(desk)
    sheet = desk.folder / WEYHE
    text = sheet.read_text()
    start, end = text.index("  - kind: barrier"), text.index("tags:")
    sheet.write_text(text[:end] + text[start:end] + text[end:])
    desk.load()
    assert len(set(marks("weyhe"))) == 4
    assert desk.changes() == {}


def test_an_id_that_another_case_has_is_not_given(desk):
    desk.edit(SURREY, "  - id: f5555555\n    kind", "  - kind")
    desk.load()
    (first,) = marks("surrey")
    Finding.objects.all().delete()
    desk.edit(WEYHE, "f3333333", first)
    desk.load(WEYHE)
    desk.load(SURREY)
    (second,) = marks("surrey")
    assert second != first
    assert desk.changes() == {}

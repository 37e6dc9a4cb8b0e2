"""Ids of findings that were left out in a sheet."""

from initiatives.models import Finding
from tests.content.content_folder import SURREY, WEYHE

LINES = ["  - id: f3333333\n    kind", "  - id: f4444444\n    kind"]


def remove_ids(folder):
    for line in LINES:
        folder.edit(WEYHE, line, "  - kind")
    folder.edit(WEYHE, "  - id: f2222222\n    term", "  - term")


def test_missing_ids_are_assigned_and_reported(folder):
    remove_ids(folder)
    report = folder.load()
    assigned = [f"weyhe {short_id}" for short_id in short_ids("weyhe")]
    assert sorted(report.assigned_ids) == sorted(assigned)
    assert "dump_content writes them down" in report.as_text(dry_run=False)


def short_ids(slug):
    findings = Finding.objects.filter(initiative__slug=slug)
    return list(findings.values_list("short_id", flat=True))


def test_the_same_sheet_gets_the_same_ids(folder, writes):
    remove_ids(folder)
    folder.load()
    with writes:
        assert folder.changes() == {}
    assert writes.tables == set()


def test_a_repeated_statement_gets_an_id_of_its_own(folder):
    remove_ids(folder)
    sheet = folder.path / WEYHE
    text = sheet.read_text()
    start, end = text.index("  - kind: barrier"), text.index("tags:")
    sheet.write_text(text[:end] + text[start:end] + text[end:])
    folder.load()
    assert len(set(short_ids("weyhe"))) == 4
    assert folder.changes() == {}


def test_an_id_of_another_case_is_not_assigned(folder):
    folder.edit(SURREY, "  - id: f5555555\n    kind", "  - kind")
    folder.load()
    (first,) = short_ids("surrey")
    Finding.objects.all().delete()
    folder.edit(WEYHE, "f3333333", first)
    folder.load(WEYHE)
    folder.load(SURREY)
    (second,) = short_ids("surrey")
    assert second != first
    assert folder.changes() == {}

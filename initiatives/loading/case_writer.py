"""Validates and writes one case as its sheet describes it."""

from collections.abc import Iterator
from typing import Any

from casebase.content.entries import Entry, rename_record, save_former_names
from casebase.content.model_errors import validation_errors
from casebase.content.parsed_file import ErrorDetail, Errors, KeyPath
from initiatives.loading.findings import (
    changed_statements,
    statement_errors,
    write_findings,
)
from initiatives.loading.lookups import Lookups
from initiatives.loading.sources import build_sources, replace_sources, source_errors
from initiatives.models import (
    Conflict,
    Documentation,
    Initiative,
    Involvement,
    Organisation,
)
from initiatives.sheet_serializers import COLUMNS, LIST_COLUMNS, PLACE_COLUMNS
from initiatives.sheets import CaseSheet, SheetStanding

# Column → its key path in the sheet.
KEY_PATHS: dict[str, KeyPath] = {column: (key,) for key, column in COLUMNS.items()}
KEY_PATHS |= {column: ("place", key) for key, column in PLACE_COLUMNS.items()}


def case_errors(entry: Entry[CaseSheet], lookups: Lookups) -> Iterator[ErrorDetail]:
    """Yield what the models find wrong with a sheet, without writing."""
    case = entry.record or Initiative()
    fill_case(case, entry.data)
    for errors in (
        row_errors(case),
        statement_errors(changed_statements(case, entry, lookups)),
        conflict_errors(build_conflicts(case, entry, lookups)),
    ):
        for key_path, sentence in errors:
            yield entry.error_at(*key_path, sentence=sentence)


def write_case(entry: Entry[CaseSheet], lookups: Lookups) -> None:
    """Write what differs from before. The sheet must have no errors."""
    rename_record(entry)
    case = entry.record or Initiative()
    fill_case(case, entry.data)
    write_row(case, entry)
    write_lists(case, entry, lookups)
    write_findings(case, entry, list(changed_statements(case, entry, lookups)), lookups)
    write_conflicts(case, entry, build_conflicts(case, entry, lookups))


def fill_case(case: Any, sheet: CaseSheet) -> None:
    """Set the columns of the case’s own row."""
    for column, key_path in KEY_PATHS.items():
        value: Any = sheet
        for key in key_path:
            value = getattr(value, str(key))
        is_text = case._meta.get_field(column).empty_strings_allowed
        setattr(case, column, "" if value is None and is_text else value)
    for key in LIST_COLUMNS:
        setattr(case, key, getattr(sheet, key))


def row_errors(case: Any) -> Errors:
    # Without clean(), which counts findings that are not written yet.
    checks = ("clean_fields", "validate_unique")
    for column, sentence in validation_errors(case, checks=checks, constraints=True):
        yield KEY_PATHS.get(column, (column,)), sentence


def build_conflicts(
    case: Any, entry: Entry[CaseSheet], lookups: Lookups
) -> list[tuple[Any, list[Any]]]:
    """Return pairs of an unsaved conflict and its sources; empty if none changed."""
    if entry.before and entry.before.conflicts == entry.data.conflicts:
        return []
    pairs = []
    for position, row in enumerate(entry.data.conflicts, start=1):
        conflict = Conflict(
            initiative=case,
            about=row.about,
            note=row.note,
            is_settled=row.settled,
            position=position,
        )
        pairs.append((conflict, build_sources(conflict, row.sources, lookups.works)))
    return pairs


def conflict_errors(conflicts: list[tuple[Any, list[Any]]]) -> Errors:
    for n, (conflict, sources) in enumerate(conflicts):
        for column, sentence in validation_errors(conflict):
            yield ("conflicts", n, column), sentence
        for key_path, sentence in source_errors(sources):
            yield ("conflicts", n, *key_path), sentence


def write_conflicts(
    case: Any, entry: Entry[CaseSheet], conflicts: list[tuple[Any, list[Any]]]
) -> None:
    if entry.before and entry.before.conflicts != entry.data.conflicts:
        case.conflicts.all().delete()
    Conflict.objects.bulk_create(conflict for conflict, _ in conflicts)
    replace_sources(owners=[], new=[s for _, sources in conflicts for s in sources])
    rows = zip(conflicts, entry.data.conflicts, strict=False)
    disputed = [(conflict, row.findings) for (conflict, _), row in rows if row.findings]
    if disputed:
        write_disputed(case, disputed)


def write_disputed(case: Any, disputed: list[tuple[Any, list[str]]]) -> None:
    """Write which findings say what is in dispute. Two queries."""
    keys = dict(case.findings.values_list("short_id", "pk"))
    link = Conflict.findings.through
    link.objects.bulk_create(
        link(conflict_id=conflict.pk, finding_id=keys[short_id])
        for conflict, findings in disputed
        for short_id in findings
    )


def write_row(case: Any, entry: Entry[CaseSheet]) -> None:
    if entry.has_changed(*COLUMNS, *LIST_COLUMNS, "place"):
        case.save()


def write_lists(case: Any, entry: Entry[CaseSheet], lookups: Lookups) -> None:
    sheet = entry.data
    if entry.has_changed("former_slugs"):
        save_former_names(entry, case)
    if entry.has_changed("service_areas"):
        case.service_areas.set(
            lookups.terms["service-areas", slug].pk for slug in sheet.service_areas
        )
    if entry.has_changed("tags"):
        case.tags.set(sheet.tags)
    if entry.has_changed("organisations"):
        write_organisations(case, sheet)
    if entry.has_changed("sources", "further_sources", "unread", "standings"):
        write_documentation(case, sheet, lookups)


def write_organisations(case: Any, sheet: CaseSheet) -> None:
    case.involvements.all().delete()
    for position, row in enumerate(sheet.organisations, start=1):
        organisation, _ = Organisation.objects.get_or_create(name=row.name)
        Involvement.objects.create(
            initiative=case,
            organisation=organisation,
            role=row.role,
            position=position,
        )


def write_documentation(case: Any, sheet: CaseSheet, lookups: Lookups) -> None:
    case.documentation.all().delete()
    standings = {row.ref: standing_columns(row) for row in sheet.standings}
    Documentation.objects.bulk_create(
        Documentation(
            initiative=case,
            reference_id=lookups.works[key],
            is_cited_by_chapter=key in sheet.sources,
            is_read=key not in sheet.unread,
            **standings.get(key, {}),
        )
        for key in [*sheet.sources, *sheet.further_sources]
    )


def standing_columns(row: SheetStanding) -> dict[str, Any]:
    """Return the columns of Documentation that say who speaks in the work."""
    return {
        "standing": row.standing,
        "is_peer_reviewed": row.peer_reviewed,
        "standing_note": row.note or "",
    }

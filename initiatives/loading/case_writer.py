"""Validates cases, and writes changed ones, as their sheets describe them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from casebase.content.entries import Entry, rename_record, save_former_names
from casebase.content.model_errors import (
    ColumnErrors,
    validation_errors,
    validation_errors_of_all,
)
from casebase.content.parsed_file import ErrorDetail, Errors, KeyPath
from initiatives.loading.findings import (
    Statement,
    changed_statements,
    statement_errors,
    write_findings,
)
from initiatives.loading.lookups import Lookups
from initiatives.loading.sources import build_sources, replace_sources, source_errors
from initiatives.models import (
    Conflict,
    Documentation,
    Finding,
    Initiative,
    Involvement,
    Organisation,
)
from initiatives.sheet_serializers import COLUMNS, LIST_COLUMNS, PLACE_COLUMNS
from initiatives.sheets import CaseSheet, SheetStanding

# Column → its key path in the sheet.
KEY_PATHS: dict[str, KeyPath] = {column: (key,) for key, column in COLUMNS.items()}
KEY_PATHS |= {column: ("place", key) for key, column in PLACE_COLUMNS.items()}


@dataclass
class FilledCase:
    """The unsaved records of a sheet: its case, changed statements and conflicts."""

    entry: Entry[CaseSheet]
    case: Any
    statements: list[Statement]
    conflicts: list[tuple[Any, list[Any]]]


def build_case(entry: Entry[CaseSheet], lookups: Lookups) -> FilledCase:
    """Return the records that the sheet describes, without writing."""
    case = entry.record or Initiative()
    fill_case(case, entry.data)
    return FilledCase(
        entry=entry,
        case=case,
        statements=list(changed_statements(case, entry, lookups)),
        conflicts=build_conflicts(case, entry, lookups),
    )


def case_errors(
    entries: Sequence[Entry[CaseSheet]], lookups: Lookups
) -> Iterator[ErrorDetail]:
    """Yield what the models find wrong with sheets, without writing.

    A fixed number of queries, unless a slug or name is in use.
    """
    built = [build_case(entry, lookups) for entry in entries]
    of_cases = row_errors([one.case for one in built])
    of_findings = validation_errors_of_all(
        [each.record for one in built for each in one.statements]
    )
    for one in built:
        for errors in (
            at_key_paths(of_cases[id(one.case)]),
            statement_errors(one.statements, of_findings),
            conflict_errors(one.conflicts),
        ):
            for key_path, sentence in errors:
                yield one.entry.error_at(*key_path, sentence=sentence)


def write_changed_case(entry: Entry[CaseSheet], lookups: Lookups) -> None:
    """Write what differs from before. The sheet must have no errors."""
    rename_record(entry)
    built = build_case(entry, lookups)
    write_row(built)
    write_lists(built.case, entry, lookups)
    write_findings(built.case, entry, built.statements, lookups)
    write_conflicts(built)


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


def row_errors(cases: Sequence[Any]) -> dict[int, ColumnErrors]:
    """Return ``id()`` of a case → errors, without what clean() says of its findings."""
    found = validation_errors_of_all(cases, checks=["clean_fields"])
    alike = Q(slug__in=[case.slug for case in cases])
    alike |= Q(name__in=[case.name for case in cases])
    rows = Initiative.objects.filter(alike).order_by().values_list("slug", "name", "pk")
    slugs = {slug: key for slug, _, key in rows}
    names = {name: key for _, name, key in rows}
    for case in cases:
        owners = {slugs.get(case.slug, case.pk), names.get(case.name, case.pk)}
        if owners != {case.pk}:
            found[id(case)] += validation_errors(case, checks=["validate_unique"])
    return found


def at_key_paths(errors: ColumnErrors) -> Errors:
    for column, sentence in errors:
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


def write_conflicts(built: FilledCase) -> None:
    before, data = built.entry.before, built.entry.data
    if before and before.conflicts != data.conflicts:
        built.case.conflicts.all().delete()
        create_conflicts([built])


def create_conflicts(cases: Sequence[FilledCase]) -> None:
    """Write the conflicts, and which findings say what is in dispute."""
    conflicts = [pair for one in cases for pair in one.conflicts]
    Conflict.objects.bulk_create(conflict for conflict, _ in conflicts)
    replace_sources(owners=[], new=[s for _, sources in conflicts for s in sources])
    rows = [row for one in cases for row in one.entry.data.conflicts if one.conflicts]
    named = {short_id for row in rows for short_id in row.findings}
    findings = Finding.objects.filter(short_id__in=named).order_by()
    keys = dict(findings.values_list("short_id", "pk")) if named else {}
    link = Conflict.findings.through
    link.objects.bulk_create(
        link(conflict_id=conflict.pk, finding_id=keys[short_id])
        for (conflict, _), row in zip(conflicts, rows, strict=True)
        for short_id in row.findings
    )


def write_row(built: FilledCase) -> None:
    if built.entry.has_changed(*COLUMNS, *LIST_COLUMNS, "place"):
        built.case.save()


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
    create_involvements([(case, sheet)])


def create_involvements(cases: Sequence[tuple[Any, CaseSheet]]) -> None:
    """Write the roles of organisations in these cases, and new organisations."""
    names = {row.name: row.name for _, sheet in cases for row in sheet.organisations}
    known = Organisation.objects.in_bulk(list(names), field_name="name")
    Organisation.objects.bulk_create(
        new := [Organisation(name=name) for name in names if name not in known]
    )
    known |= {organisation.name: organisation for organisation in new}
    Involvement.objects.bulk_create(
        Involvement(
            initiative=case,
            organisation=known[row.name],
            role=row.role,
            position=position,
        )
        for case, sheet in cases
        for position, row in enumerate(sheet.organisations, start=1)
    )


def write_documentation(case: Any, sheet: CaseSheet, lookups: Lookups) -> None:
    case.documentation.all().delete()
    Documentation.objects.bulk_create(build_documentation(case, sheet, lookups))


def build_documentation(
    case: Any, sheet: CaseSheet, lookups: Lookups
) -> Iterator[Documentation]:
    standings = {row.ref: standing_columns(row) for row in sheet.standings}
    for key in [*sheet.sources, *sheet.further_sources]:
        yield Documentation(
            initiative=case,
            reference_id=lookups.works[key],
            is_cited_by_chapter=key in sheet.sources,
            is_read=key not in sheet.unread,
            **standings.get(key, {}),
        )


def standing_columns(row: SheetStanding) -> dict[str, Any]:
    """Return the columns of Documentation that say who speaks in the work."""
    return {
        "standing": row.standing,
        "is_peer_reviewed": row.peer_reviewed,
        "standing_note": row.note or "",
    }

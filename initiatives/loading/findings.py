"""Writes the modes and findings of a sheet as the findings of its case."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from casebase.content.entries import Entry
from casebase.content.model_errors import ColumnErrors
from casebase.content.parsed_file import Errors, KeyPath
from initiatives.evidence_grade.rules import LEVEL_BY_SLUG
from initiatives.loading.lookups import Lookups
from initiatives.loading.sources import build_sources, replace_sources, source_errors
from initiatives.models import Finding
from initiatives.sheets import CaseSheet, SheetFinding, SheetSource

# Column → sheet key, where they differ.
KEYS = {"short_id": "id", "concept": "term", "figure_value": "figure"}
KEYS |= {"figure_unit": "figure", "figure_period": "figure"}
KEYS |= {"grade_override": "grade", "grade_note": "grade", "is_specimen": "specimen"}
MODE_KEYS = KEYS | {"statement": "why"}


@dataclass
class Statement:
    """A mode or finding of a sheet, compared with the one that was imported before.

    ``columns`` are those of its finding, ``record`` is the finding, ``sources`` are its
    unsaved sources.
    """

    key_path: KeyPath = field(compare=False)
    columns: dict[str, Any]
    term: str | None
    source_rows: list[SheetSource]
    strategies: list[str] = field(default_factory=list)
    before: "Statement | None" = field(default=None, compare=False)
    record: Any = field(default=None, compare=False)
    sources: list[Any] = field(default_factory=list, compare=False)


def statements_by_id(sheet: CaseSheet | None) -> dict[str | None, Statement]:
    """Return the modes and findings of a sheet by id, in order.

    Positions of modes and of findings are each counted from 1.
    """
    if sheet is None:
        return {}
    modes = [
        build_statement(mode.as_finding(), ("modes", n))
        for n, mode in enumerate(sheet.modes)
    ]
    findings = [
        build_statement(finding, ("findings", n))
        for n, finding in enumerate(sheet.findings)
    ]
    return {each.columns["short_id"]: each for each in (*modes, *findings)}


def build_statement(finding: SheetFinding, key_path: tuple[str, int]) -> Statement:
    figure = finding.figure
    columns = {
        "short_id": finding.id,
        "kind": finding.kind,
        "statement": finding.statement,
        "direction": finding.direction,
        "response": finding.response or "",
        "year": finding.year,
        "figure_value": figure and figure.value,
        "figure_unit": figure.unit if figure else "",
        "figure_period": (figure.period or "") if figure else "",
        "basis": finding.basis,
        "grade_override": finding.grade and LEVEL_BY_SLUG[finding.grade.level],
        "grade_note": finding.grade.note if finding.grade else "",
        "is_specimen": finding.specimen,
        "position": key_path[1] + 1,
    }
    return Statement(
        key_path, columns, finding.term, finding.sources, finding.strategies
    )


def changed_statements(
    case: Any, entry: Entry[CaseSheet], lookups: Lookups
) -> Iterator[Statement]:
    """Yield new and changed statements, with their findings filled but not saved."""
    before = statements_by_id(entry.before)
    records = {f.short_id: f for f in case.findings.all()} if entry.before else {}
    for short_id, statement in statements_by_id(entry.data).items():
        statement.before = before.get(short_id)
        if statement.before == statement:
            continue
        record = records.get(short_id) or Finding(initiative=case, short_id=short_id)
        for column, value in statement.columns.items():
            setattr(record, column, value)
        record.concept = lookups.term(statement.columns["kind"], statement.term)
        statement.record = record
        statement.sources = build_sources(record, statement.source_rows, lookups.works)
        yield statement


def statement_errors(
    statements: Iterable[Statement], errors: Mapping[int, ColumnErrors]
) -> Errors:
    """Yield what the models find wrong with changed statements and their sources.

    ``errors``: ``id()`` of a finding → what is wrong with it.
    """
    for statement in statements:
        key_path = statement.key_path
        keys = MODE_KEYS if statement.columns["kind"] == "mode" else KEYS
        for column, sentence in errors[id(statement.record)]:
            yield (*key_path, keys.get(column, column)), sentence
        for place, sentence in source_errors(statement.sources):
            yield (*key_path, *place), sentence


def write_findings(
    case: Any, entry: Entry[CaseSheet], changed: list[Statement], lookups: Lookups
) -> None:
    """Delete findings that are not in the sheet any more, and save changed ones."""
    removed = statements_by_id(entry.before).keys() - statements_by_id(entry.data)
    case.findings.filter(short_id__in=removed).delete()
    Finding.objects.bulk_create(each.record for each in changed if not each.before)
    for each in changed:
        if each.before:
            each.record.save()
    resourced = [
        each
        for each in changed
        if not each.before or each.before.source_rows != each.source_rows
    ]
    replace_sources(
        owners=[each.record for each in resourced if each.before],
        new=[source for each in resourced for source in each.sources],
    )
    for each in changed:
        if each.strategies != (each.before.strategies if each.before else []):
            each.record.strategies.set(
                lookups.terms["strategies", slug].pk for slug in each.strategies
            )

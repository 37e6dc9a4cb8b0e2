"""Converts rows of findings to sheets of their cases, to import these."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from casebase.content.parsed_file import ErrorDetail, KeyPath, ParsedFile, raise_errors
from casebase.desk.imports.tables.cells import CellError, held
from casebase.desk.imports.tables.columns import (
    AS_OF,
    NUMBERED,
    PLAIN,
    SEPARATOR,
    SOURCE,
    findings_of,
    row_of,
)
from casebase.desk.imports.tables.table_reader import Row
from initiatives.models import Initiative
from initiatives.sheet_serializers import WITH_SHEET, case_sheet_of
from initiatives.sheets import CaseSheet

type Finding = dict[str, Any]
# Sheet key → column, where the names differ.
COLUMNS = {"id": "finding", "why": "statement", "figure": "figure_value"}
COLUMNS |= {"sources": "source_1"}
FIGURE = {"value": "figure_value", "unit": "figure_unit", "period": "figure_period"}
# Keys that a mode must not have.
NO_MODE = ("response", "strategies", "year", *FIGURE.values())


@dataclass(frozen=True)
class FromTable(ParsedFile):
    """The sheet of a case with findings from a table.

    Its errors have the row and column of the table instead of the key.
    """

    columns: dict[KeyPath, str] = field(default_factory=dict)

    def error_at(self, place: KeyPath, sentence: str) -> ErrorDetail:
        told = super().error_at(place, sentence)
        while place and place not in self.columns:
            place = place[:-1]
        return replace(told, field=self.columns.get(place, told.field))


@dataclass
class Said:
    """A row as a finding, and the column of each of its keys."""

    line: int
    finding: Finding
    columns: dict[KeyPath, str]


def sheets_in(rows: Iterable[Row], name: str, *, removes: bool) -> list[FromTable]:
    """Return the sheets of the cases in a table, with the findings of the table.

    Findings without a row remain, unless ``removes`` is set. Raises InvalidFileError
    with an error for every invalid row and column.
    """
    refusals: list[ErrorDetail] = []
    by_case: dict[str, list[Row]] = {}
    for row in rows:
        by_case.setdefault(str(row.cells.get("case", "")), []).append(row)
    cases = Initiative.objects.filter(slug__in=by_case).prefetch_related(*WITH_SHEET)
    here = {case.slug: case_sheet_of(case) for case in cases}
    sheets = []
    for slug, own in by_case.items():
        if slug in here:
            said = list(said_in(own, here[slug], name, refusals))
            sheets.append(as_said(here[slug], said, name, removes=removes))
        else:
            words = f"There is no case “{slug}”." if slug else "No case is named here."
            refusals += [ErrorDetail(name, row.line, "case", words) for row in own]
    raise_errors(refusals)
    return sheets


def said_in(
    rows: Iterable[Row], sheet: CaseSheet, name: str, refusals: list[ErrorDetail]
) -> Iterator[Said]:
    """The findings in the rows of a case, and the errors in these rows."""
    rows_here = {f.id: row_of(sheet.slug, f) for f in findings_of(sheet)}
    seen: set[Any] = set()
    for row in rows:
        mark = row.cells.get("finding")
        if mark in seen:
            refusals.append(
                ErrorDetail(name, row.line, "finding", "This stands here twice.")
            )
        elif mark is not None and mark not in rows_here:
            sentence = f"The case has no finding “{mark}”; a new one has none here."
            refusals.append(ErrorDetail(name, row.line, "finding", sentence))
        seen |= {mark} - {None}
        values, told = held_in(row, rows_here.get(str(mark), {}), name)
        refusals += [*told, *no_mode(row.line, values, name)]
        yield finding_in(row.line, values)


def no_mode(line: int, values: dict[str, Any], name: str) -> Iterator[ErrorDetail]:
    if values.get("kind") != "mode":
        return
    for column in NO_MODE:
        if column in values:
            yield ErrorDetail(name, line, column, "A mode says nothing here.")
    if values.get("direction", "neutral") != "neutral":
        yield ErrorDetail(name, line, "direction", "A mode is neutral.")


def held_in(
    row: Row, before: dict[str, Any], name: str
) -> tuple[dict[str, Any], list[ErrorDetail]]:
    """Convert values to the types of their columns; unchanged ones are not checked."""
    values, told = {}, []
    for column, cell in row.cells.items():
        if column == AS_OF:
            continue
        if cell == before.get(column):
            values[column] = cell
            continue
        numbered = NUMBERED.fullmatch(column)
        try:
            values[column] = held(numbered[1] if numbered else column, cell)
        except CellError as error:
            told.append(ErrorDetail(name, row.line, column, str(error)))
    return values, told


def finding_in(line: int, values: dict[str, Any]) -> Said:
    columns: dict[KeyPath, str] = {
        ("figure", key): column for key, column in FIGURE.items()
    }
    finding = {column: values.get(column) for column in PLAIN if column != "case"}
    figure = {key: finding.pop(column) for key, column in FIGURE.items()}
    has_figure = any(value is not None for value in figure.values())
    finding["id"] = finding.pop("finding")
    finding["figure"] = figure if has_figure else None
    words = (finding["strategies"] or "").replace("\n", ";").split(SEPARATOR.strip())
    finding["strategies"] = [word.strip() for word in words if word.strip()]
    uses = dict(uses_in(values))
    finding["sources"] = [*uses.values()]
    for at, number in enumerate(uses):
        of = "sources", at
        columns |= {(*of, key): f"{part}_{number}" for part, key in SOURCE.items()}
    columns |= {(key,): COLUMNS.get(key, key) for key in (*finding, "why")}
    return Said(line, finding, columns)


def uses_in(values: dict[str, Any]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Return the sources in the order of their numbers, without empty ones."""
    found = (NUMBERED.fullmatch(column) for column in values)
    numbers = sorted({int(match[2]) for match in found if match})
    for number in numbers:
        yield number, {k: values.get(f"{part}_{number}") for part, k in SOURCE.items()}


def as_said(
    sheet: CaseSheet, said: list[Said], name: str, *, removes: bool
) -> FromTable:
    """Return the sheet with these findings, in the order of the table."""
    value = sheet.model_dump() | {"modes": [], "findings": []}
    lines: dict[KeyPath, int] = {(): said[0].line}
    columns: dict[KeyPath, str] = {}
    for each in said if removes else with_those_that_stay(sheet, said):
        is_mode = each.finding["kind"] == "mode"
        part = value["modes" if is_mode else "findings"]
        place = ("modes" if is_mode else "findings", len(part))
        lines[place] = each.line
        columns |= {(*place, *key): column for key, column in each.columns.items()}
        part.append(as_mode(each.finding) if is_mode else each.finding)
    return FromTable(name, value, lines, (), columns)


def with_those_that_stay(sheet: CaseSheet, said: list[Said]) -> Iterator[Said]:
    """Put findings without a row after the finding that they followed before."""
    named = {each.finding["id"] for each in said}
    after: dict[str | None, list[Said]] = {None: []}
    anchor = None
    for finding in findings_of(sheet):
        if finding.id in named:
            anchor = finding.id
            after[anchor] = []
        else:
            after[anchor].append(Said(said[0].line, finding.model_dump(), {}))
    yield from after.pop(None)
    for each in said:
        yield each
        yield from after.get(each.finding["id"], [])


def as_mode(finding: Finding) -> dict[str, Any]:
    said = {key: finding[key] for key in ("id", "term", "basis", "sources")}
    return said | {"why": finding["statement"]}

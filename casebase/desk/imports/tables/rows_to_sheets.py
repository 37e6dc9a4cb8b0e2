"""Converts rows of findings to sheets of their cases, to import these."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from casebase.content.parsed_file import ErrorDetail, KeyPath, ParsedFile, raise_errors
from casebase.desk.imports.tables.cells import CellError, convert_cell
from casebase.desk.imports.tables.columns import (
    AS_OF,
    NUMBERED_COLUMN,
    PLAIN_COLUMNS,
    SEPARATOR,
    SOURCE_COLUMNS,
    modes_and_findings,
    serialize_finding,
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
# Keys of findings and modes that tables have no column for.
KEPT = ("grade", "specimen")
# Keys that a mode must not have.
INVALID_FOR_MODES = ("response", "strategies", "year", *FIGURE.values())


@dataclass(frozen=True)
class TableSheet(ParsedFile):
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
class ParsedRow:
    """A row that was read as a finding, and the column of each of its keys."""

    line: int
    finding: Finding
    columns: dict[KeyPath, str]


def convert_rows_to_sheets(
    rows: Iterable[Row], name: str, *, removes: bool
) -> list[TableSheet]:
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
            parsed = list(parse_rows(own, here[slug], name, refusals))
            sheets.append(build_sheet(here[slug], parsed, name, removes=removes))
        else:
            words = f"There is no case “{slug}”." if slug else "Enter a slug."
            refusals += [ErrorDetail(name, row.line, "case", words) for row in own]
    raise_errors(refusals)
    return sheets


def parse_rows(
    rows: Iterable[Row], sheet: CaseSheet, name: str, refusals: list[ErrorDetail]
) -> Iterator[ParsedRow]:
    """Yield the findings in the rows of a case; append the errors to ``refusals``."""
    rows_here = {
        f.id: serialize_finding(sheet.slug, f) for f in modes_and_findings(sheet)
    }
    seen: set[Any] = set()
    for row in rows:
        mark = row.cells.get("finding")
        if mark in seen:
            sentence = "This finding has two rows; delete one."
            refusals.append(ErrorDetail(name, row.line, "finding", sentence))
        elif mark is not None and mark not in rows_here:
            sentence = f"The case has no finding “{mark}”; leave new ids empty."
            refusals.append(ErrorDetail(name, row.line, "finding", sentence))
        seen |= {mark} - {None}
        values, errors = parse_row(row, rows_here.get(str(mark), {}), name)
        refusals += [*errors, *check_mode(row.line, values, name)]
        yield build_finding(row.line, values)


def check_mode(line: int, values: dict[str, Any], name: str) -> Iterator[ErrorDetail]:
    if values.get("kind") != "mode":
        return
    for column in INVALID_FOR_MODES:
        if column in values:
            yield ErrorDetail(name, line, column, "Leave this empty for a mode.")
    if values.get("direction", "neutral") != "neutral":
        yield ErrorDetail(name, line, "direction", "A mode is always neutral.")


def parse_row(
    row: Row, before: dict[str, Any], name: str
) -> tuple[dict[str, Any], list[ErrorDetail]]:
    """Convert values to the types of their columns; unchanged ones are not checked."""
    values, errors = {}, []
    for column, cell in row.cells.items():
        if column == AS_OF:
            continue
        if cell == before.get(column):
            values[column] = cell
            continue
        numbered = NUMBERED_COLUMN.fullmatch(column)
        try:
            values[column] = convert_cell(numbered[1] if numbered else column, cell)
        except CellError as error:
            errors.append(ErrorDetail(name, row.line, column, str(error)))
    return values, errors


def build_finding(line: int, values: dict[str, Any]) -> ParsedRow:
    columns: dict[KeyPath, str] = {
        ("figure", key): column for key, column in FIGURE.items()
    }
    finding = {
        column: values.get(column) for column in PLAIN_COLUMNS if column != "case"
    }
    figure = {key: finding.pop(column) for key, column in FIGURE.items()}
    has_figure = any(value is not None for value in figure.values())
    finding["id"] = finding.pop("finding")
    finding["figure"] = figure if has_figure else None
    words = (finding["strategies"] or "").replace("\n", ";").split(SEPARATOR.strip())
    finding["strategies"] = [word.strip() for word in words if word.strip()]
    uses = dict(parse_sources(values))
    finding["sources"] = [*uses.values()]
    for at, number in enumerate(uses):
        of = "sources", at
        columns |= {
            (*of, key): f"{part}_{number}" for part, key in SOURCE_COLUMNS.items()
        }
    columns |= {(key,): COLUMNS.get(key, key) for key in (*finding, "why")}
    return ParsedRow(line, finding, columns)


def parse_sources(values: dict[str, Any]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the sources with their numbers, in order."""
    found = (NUMBERED_COLUMN.fullmatch(column) for column in values)
    numbers = sorted({int(match[2]) for match in found if match})
    for number in numbers:
        yield (
            number,
            {k: values.get(f"{part}_{number}") for part, k in SOURCE_COLUMNS.items()},
        )


def build_sheet(
    sheet: CaseSheet, rows: list[ParsedRow], name: str, *, removes: bool
) -> TableSheet:
    """Return the sheet with these findings, in the order of the table."""
    value = sheet.model_dump()
    kept = {
        part["id"]: {key: part[key] for key in KEPT if key in part}
        for part in (*value["modes"], *value["findings"])
    }
    value |= {"modes": [], "findings": []}
    lines: dict[KeyPath, int] = {(): rows[0].line}
    columns: dict[KeyPath, str] = {}
    for each in rows if removes else keep_missing_findings(sheet, rows):
        is_mode = each.finding["kind"] == "mode"
        part = value["modes" if is_mode else "findings"]
        place = ("modes" if is_mode else "findings", len(part))
        lines[place] = each.line
        columns |= {(*place, *key): column for key, column in each.columns.items()}
        entry = convert_to_mode(each.finding) if is_mode else each.finding
        part.append(entry | kept.get(each.finding["id"], {}))
    return TableSheet(name, value, lines, (), columns)


def keep_missing_findings(
    sheet: CaseSheet, rows: list[ParsedRow]
) -> Iterator[ParsedRow]:
    """Put findings without a row after the finding that they followed before."""
    named = {each.finding["id"] for each in rows}
    after: dict[str | None, list[ParsedRow]] = {None: []}
    anchor = None
    for finding in modes_and_findings(sheet):
        if finding.id in named:
            anchor = finding.id
            after[anchor] = []
        else:
            after[anchor].append(ParsedRow(rows[0].line, finding.model_dump(), {}))
    yield from after.pop(None)
    for each in rows:
        yield each
        yield from after.get(each.finding["id"], [])


def convert_to_mode(finding: Finding) -> dict[str, Any]:
    mode = {key: finding[key] for key in ("id", "term", "basis", "sources")}
    return mode | {"why": finding["statement"]}

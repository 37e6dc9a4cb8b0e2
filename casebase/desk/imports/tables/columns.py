"""The columns of a table of findings, which has one finding per row."""

import re
from collections.abc import Iterable, Iterator

from casebase.files.formats import FORMULA, Cell
from initiatives.sheets import CaseSheet, SheetFinding

PLAIN_COLUMNS = (
    *("case", "finding", "kind", "term", "statement", "response", "strategies"),
    *("direction", "basis", "year", "figure_value", "figure_unit", "figure_period"),
)
# Each source has four numbered columns, as “source_1”. Column → sheet key.
SOURCE_COLUMNS = {
    "source": "ref",
    "locator": "locator",
    "page_read": "url",
    "read_as": "via",
}
NUMBERED_COLUMN = re.compile(r"(source|locator|page_read|read_as)_([1-9][0-9]?)")
# The version of the database at the time of the export; it is not to be edited.
AS_OF = "as_of"
SEPARATOR = "; "


def build_heading(n_sources: int) -> list[str]:
    numbered = (
        f"{part}_{n}" for n in range(1, n_sources + 1) for part in SOURCE_COLUMNS
    )
    return [*PLAIN_COLUMNS, *numbered, AS_OF]


def is_column(heading: str) -> bool:
    return (
        heading in PLAIN_COLUMNS
        or heading == AS_OF
        or bool(NUMBERED_COLUMN.fullmatch(heading))
    )


def serialize_findings(sheet: CaseSheet) -> Iterator[dict[str, Cell]]:
    """Yield a row for each mode, then for each finding, in the order of the page."""
    for finding in modes_and_findings(sheet):
        yield serialize_finding(sheet.slug, finding)


def modes_and_findings(sheet: CaseSheet) -> list[SheetFinding]:
    return [*(mode.as_finding() for mode in sheet.modes), *sheet.findings]


def serialize_finding(slug: str, finding: SheetFinding) -> dict[str, Cell]:
    figure = finding.figure
    row: dict[str, Cell] = {
        "case": slug,
        "finding": finding.id,
        "kind": finding.kind,
        "term": finding.term,
        "statement": finding.statement,
        "response": finding.response,
        "strategies": SEPARATOR.join(finding.strategies) or None,
        "direction": finding.direction,
        "basis": finding.basis,
        "year": finding.year,
        "figure_value": integer_if_whole(figure.value) if figure else None,
        "figure_unit": figure.unit if figure else None,
        "figure_period": figure.period if figure else None,
    }
    for number, use in enumerate(finding.sources, start=1):
        for part, key in SOURCE_COLUMNS.items():
            row[f"{part}_{number}"] = getattr(use, key)
    return row


def integer_if_whole(value: float) -> float | int:
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def count_source_columns(sheets: Iterable[CaseSheet]) -> int:
    """Return the most sources of any finding, and one more that can be added."""
    return 1 + max(
        (len(row.sources) for sheet in sheets for row in modes_and_findings(sheet)),
        default=0,
    )


def unescape_formula(text: str) -> str:
    """Return a text from CSV without the prefix of ``escape_formula()``."""
    if text.startswith("'") and FORMULA.match(text[1:]):
        return text[1:]
    return text

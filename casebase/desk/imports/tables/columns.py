"""The columns of a table of findings, which has one finding per row."""

import re
from collections.abc import Iterable, Iterator

from casebase.files.formats import FORMULA, Cell
from initiatives.sheets import CaseSheet, SheetFinding

PLAIN = (
    *("case", "finding", "kind", "term", "statement", "response", "strategies"),
    *("direction", "basis", "year", "figure_value", "figure_unit", "figure_period"),
)
# Each source has four numbered columns, as “source_1”. Column → sheet key.
SOURCE = {"source": "ref", "locator": "locator", "page_read": "url", "read_as": "via"}
NUMBERED = re.compile(r"(source|locator|page_read|read_as)_([1-9][0-9]?)")
# The version of the database at the time of the export; it is not to be edited.
AS_OF = "as_of"
SEPARATOR = "; "


def headings(n_sources: int) -> list[str]:
    numbered = (f"{part}_{n}" for n in range(1, n_sources + 1) for part in SOURCE)
    return [*PLAIN, *numbered, AS_OF]


def is_column(heading: str) -> bool:
    return heading in PLAIN or heading == AS_OF or bool(NUMBERED.fullmatch(heading))


def rows_of(sheet: CaseSheet) -> Iterator[dict[str, Cell]]:
    """Yield a row for each mode, then for each finding, in the order of the page."""
    for finding in findings_of(sheet):
        yield row_of(sheet.slug, finding)


def findings_of(sheet: CaseSheet) -> list[SheetFinding]:
    return [*(mode.as_finding() for mode in sheet.modes), *sheet.findings]


def row_of(slug: str, finding: SheetFinding) -> dict[str, Cell]:
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
        "figure_value": whole(figure.value) if figure else None,
        "figure_unit": figure.unit if figure else None,
        "figure_period": figure.period if figure else None,
    }
    for number, use in enumerate(finding.sources, start=1):
        for part, key in SOURCE.items():
            row[f"{part}_{number}"] = getattr(use, key)
    return row


def whole(value: float) -> float | int:
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def n_sources(sheets: Iterable[CaseSheet]) -> int:
    """Room for one more than any finding has."""
    return 1 + max(
        (len(row.sources) for sheet in sheets for row in findings_of(sheet)), default=0
    )


def bare(text: str) -> str:
    """Return a text from CSV without the prefix of ``escape_formula()``."""
    if text.startswith("'") and FORMULA.match(text[1:]):
        return text[1:]
    return text

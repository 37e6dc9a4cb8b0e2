"""Reads CSV files and workbooks of any program as rows of plain cells."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from casebase.content.parsed_file import ErrorDetail, raise_errors
from casebase.desk.imports.archives import file_error
from casebase.desk.imports.tables.cells import CellError, Formula, normalize_value
from casebase.desk.imports.tables.columns import (
    PLAIN_COLUMNS,
    is_column,
    unescape_formula,
)
from casebase.desk.imports.tables.xlsx_parts import Size
from casebase.desk.imports.tables.xlsx_reader import read_workbook

XLSX, OLD_XLS = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
MAX_ROWS, MAX_COLUMNS = 10_000, 200
# At most this many errors are reported.
MAX_ERRORS = 500
DELIMITERS = ",;\t"
REQUIRED_COLUMNS = (*PLAIN_COLUMNS, "source_1", "locator_1", "page_read_1", "read_as_1")


@dataclass(frozen=True)
class Row:
    """A row: its non-empty cells by column."""

    line: int
    cells: dict[str, str | int | float]


def read_table(raw: bytes, name: str) -> list[Row]:
    """Return the rows of a table. Raises InvalidFileError with all errors."""
    if raw.startswith(OLD_XLS):
        raise file_error(name, "This is an old workbook; save it as .xlsx.")
    lines = (
        read_workbook(raw, name, Size(MAX_ROWS + 2, MAX_COLUMNS))
        if raw.startswith(XLSX)
        else read_csv(raw, name)
    )
    try:
        heading = [str(cell or "").strip() for cell in next(lines, [])]
        while heading and not heading[-1]:
            heading.pop()
        raise_errors(check_heading(heading, name))
        refusals: list[ErrorDetail] = []
        rows = list(read_rows(heading, lines, name, refusals))
    except csv.Error as error:
        raise file_error(name, f"This CSV can’t be read ({error}).") from None
    raise_errors(refusals)
    return rows


def check_heading(heading: list[str], name: str) -> Iterator[ErrorDetail]:
    if "case" not in heading:
        yield ErrorDetail(name, 1, "", "The first row should name the columns.")
        return
    for column in dict.fromkeys(heading):
        if not is_column(column):
            sentence = f"“{column}” is not a column of this table; delete it."
            yield ErrorDetail(name, 1, column, sentence)
        elif heading.count(column) > 1:
            yield ErrorDetail(name, 1, column, "This column occurs twice; delete one.")
    for column in REQUIRED_COLUMNS:
        if column not in heading:
            sentence = "This column is missing; export the table again."
            yield ErrorDetail(name, 1, column, sentence)


def read_rows(
    heading: list[str], lines: Iterable[list[Any]], name: str, errors: list[ErrorDetail]
) -> Iterator[Row]:
    """Yield the rows that have values; append the errors in cells to ``errors``."""
    for line, values in enumerate(lines, start=2):
        if line > MAX_ROWS + 1:
            raise file_error(
                name, f"There are more than {MAX_ROWS:,} rows; divide the table."
            )
        cells = {}
        for place, value in enumerate(values):
            column = heading[place] if place < len(heading) else ""
            try:
                cell = normalize_value(value)
                if cell is not None and not column:
                    raise CellError("This cell has no column name above it.")
            except CellError as error:
                errors.append(ErrorDetail(name, line, column, str(error)))
                if len(errors) > MAX_ERRORS:
                    raise_errors(errors)
                continue
            if cell is not None:
                cells[column] = cell
        if cells:
            yield Row(line, cells)


def read_csv(raw: bytes, name: str) -> Iterator[list[Any]]:
    wide = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = raw.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        sentence = "The file is not saved as UTF-8; choose “CSV UTF-8”."
        raise file_error(name, sentence) from None
    first = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    if text.count(delimiter) > MAX_ROWS * MAX_COLUMNS:
        raise file_error(name, "There are too many cells in this table; divide it.")
    table = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    for values in table:
        yield [parse_csv_value(value) for value in values]


def parse_csv_value(value: str) -> Any:
    return Formula() if value.startswith("=") else unescape_formula(value)

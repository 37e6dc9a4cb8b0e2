"""CSV files and workbooks as rows of plain cells, whatever program wrote them."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import openpyxl
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse

from casebase.content.written import Refusal, refuse
from intake.archives import Limits, refused, unpack
from intake.tables.cells import CellError, Formula, plain
from intake.tables.columns import PLAIN, bare, is_column

XLSX, OLD_XLS = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
UNPACKED = Limits(files=200, each=30_000_000, together=60_000_000)
# The library reads rows and their texts bit by bit, and skips pictures, which have no
# root. All else it holds whole, in a hundred times the space: a million styles are a
# file of 12 kB. What a part is, its root says; its name may say anything.
READ_BIT_BY_BIT = ("worksheet", "sst", "")
MOST_OF_A_PART = 1_000_000
MOST_ROWS, MOST_COLUMNS = 10_000, 200
# Nobody mends more in one go.
MOST_REFUSALS = 500
SHEET = "Findings"
DELIMITERS = ",;\t"
NEEDED = (*PLAIN, "source_1", "locator_1", "page_read_1", "read_as_1")


@dataclass(frozen=True)
class Row:
    """The cells of a row that are not empty, by their columns."""

    line: int
    cells: dict[str, str | int | float]


def read_table(raw: bytes, name: str) -> list[Row]:
    """Raises RefusedError with every row and column that can't be taken."""
    if raw.startswith(OLD_XLS):
        raise refused(name, "This is an old workbook; save it as .xlsx.")
    lines = workbook_lines(raw, name) if raw.startswith(XLSX) else csv_lines(raw, name)
    try:
        heading = [str(cell or "").strip() for cell in next(lines, [])]
        while heading and not heading[-1]:
            heading.pop()
        refuse(heading_refusals(heading, name))
        refusals: list[Refusal] = []
        rows = list(rows_below(heading, lines, name, refusals))
    except csv.Error as error:
        raise refused(name, f"This CSV can’t be read ({error}).") from None
    refuse(refusals)
    return rows


def heading_refusals(heading: list[str], name: str) -> Iterator[Refusal]:
    if "case" not in heading:
        yield Refusal(name, 1, "", "The first row should name the columns.")
        return
    for column in dict.fromkeys(heading):
        if not is_column(column):
            sentence = f"There is no column “{column}” here."
            yield Refusal(name, 1, column, sentence)
        elif heading.count(column) > 1:
            yield Refusal(name, 1, column, "This column stands here twice.")
    for column in NEEDED:
        if column not in heading:
            sentence = "This column is missing; take the table out anew."
            yield Refusal(name, 1, column, sentence)


def rows_below(
    heading: list[str], lines: Iterable[list[Any]], name: str, refusals: list[Refusal]
) -> Iterator[Row]:
    """Rows with anything in them; what can't be taken of them is told."""
    for line, values in enumerate(lines, start=2):
        if line > MOST_ROWS + 1:
            raise refused(name, f"There are more than {MOST_ROWS:,} rows; divide them.")
        cells = {}
        for place, value in enumerate(values):
            column = heading[place] if place < len(heading) else ""
            try:
                cell = plain(value)
                if cell is not None and not column:
                    raise CellError("No column is named above this cell.")
            except CellError as error:
                refusals.append(Refusal(name, line, column, str(error)))
                if len(refusals) > MOST_REFUSALS:
                    refuse(refusals)
                continue
            if cell is not None:
                cells[column] = cell
        if cells:
            yield Row(line, cells)


def csv_lines(raw: bytes, name: str) -> Iterator[list[Any]]:
    wide = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = raw.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        sentence = "The file is not saved as UTF-8; choose “CSV UTF-8”."
        raise refused(name, sentence) from None
    first = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    table = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    for values in table:
        yield [from_csv(value) for value in values]


def from_csv(value: str) -> Any:
    return Formula() if value.startswith("=") else bare(value)


def workbook_lines(raw: bytes, name: str) -> Iterator[list[Any]]:
    # The library unpacks all of it again, and by now it is known how much that is.
    for part, content in unpack(raw, UNPACKED, name):
        if len(content) > MOST_OF_A_PART and root_of(content) not in READ_BIT_BY_BIT:
            sentence = f"“{part}” in it is too large; copy the table to a new workbook."
            raise refused(name, sentence)
    try:
        book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, keep_links=False)
        sheet = book[SHEET] if SHEET in book.sheetnames else book.worksheets[0]
        rows = sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS)
        for row in rows:
            yield [from_workbook(cell) for cell in row]
    # Over files that no program wrote, the library raises whatever happens.
    except Exception:
        sentence = "This workbook can’t be read; save it anew as .xlsx or CSV."
        raise refused(name, sentence) from None


def root_of(content: bytes) -> str:
    """The name of the outermost element of a part; nothing where it is no XML."""
    try:
        _, root = next(iterparse(io.BytesIO(content), events=["start"]))
    except (DefusedXmlException, ParseError):
        return ""
    return str(root.tag.rpartition("}")[2])


def from_workbook(cell: Any) -> Any:
    return Formula() if cell.data_type == "f" else cell.value

"""Tables as a workbook (XLSX): plain cells, no formulas, in constant memory.

Made to be read: columns as wide as their texts, which are wrapped above that, a heading
that stays in sight and on each printed page, and a filter.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, partial
from pathlib import Path
from tempfile import TemporaryDirectory

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from casebase.files.formats import BLOCK_BYTES, Cell

# The limits of XLSX: rows of a sheet, UTF-16 units of a cell.
MOST_ROWS, MOST_UNITS = 1_048_576, 32_767
LONG_TEXTS = "Long texts"
GOES_ON = f" … [goes on in the sheet “{LONG_TEXTS}”]"
# Characters of a part: at most twice as many units.
PART = 16_000
# Column widths in characters, chosen from the first rows; longer texts are wrapped.
WIDEST, FITTING = 60, 0.9
# Room for the arrow of the filter, which covers the heading.
ARROW = 3
A4 = 9


def workbook(fill: Callable[["Book"], None], title: str) -> Iterator[bytes]:
    """The file in pieces, made by ``fill`` before the first of them is given."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "workbook.xlsx")
        options = {"constant_memory": True, "tmpdir": folder, "use_zip64": True}
        with xlsxwriter.Workbook(path, options) as file:
            file.set_properties({"title": title, "author": "Casebase"})
            book = Book(file)
            fill(book)
            book.finish()
        with path.open("rb") as written:
            yield from iter(partial(written.read, BLOCK_BYTES), b"")


class Book:
    """A workbook that is being written."""

    def __init__(self, file: xlsxwriter.Workbook) -> None:
        self.file = file
        self.heading = file.add_format({"bold": True, "valign": "top"})
        self.plain = file.add_format()
        self.tables: list[Table] = []

    def table(
        self, title: str, columns: Sequence[str], number_format: str = "General"
    ) -> "Table":
        """Return a table whose cells have this number format, also empty ones."""
        table = Table(self, title, columns, number_format)
        self.tables.append(table)
        return table

    def finish(self) -> None:
        """Give the sheets what is known when all rows are there."""
        for table in self.tables:
            table.finish_sheet()

    @cached_property
    def long_texts(self) -> "Table":
        """The rest of texts that are too long for a cell. There when it is needed."""
        return self.table(LONG_TEXTS, ["sheet", "cell", "part", "text"])


class Table:
    """A heading and rows below it, going on in a further sheet when one is full."""

    def __init__(
        self, book: Book, title: str, columns: Sequence[str], number_format: str
    ) -> None:
        self.book, self.title, self.columns = book, title, columns
        look = {"text_wrap": True, "valign": "top", "num_format": number_format}
        self.format = book.file.add_format(look)
        self.n_sheets = 0
        self._begin_sheet()

    def _begin_sheet(self) -> None:
        self.n_sheets += 1
        more = f" {self.n_sheets}" if self.n_sheets > 1 else ""
        self.sheet = self.book.file.add_worksheet(f"{self.title}{more}")
        self.sheet.freeze_panes(1, 0)
        self.sheet.repeat_rows(0)
        self.sheet.set_landscape()
        self.sheet.set_paper(A4)
        for column, name in enumerate(self.columns):
            self.sheet.write_string(0, column, name, self.book.heading)
        self.row = 1
        self.lengths: list[Counter[int]] = [Counter() for _ in self.columns]

    def finish_sheet(self) -> None:
        """Write the parts of a sheet that are known only after its rows."""
        self.sheet.autofilter(0, 0, self.row - 1, len(self.columns) - 1)
        for column, name in enumerate(self.columns):
            width = max(len(name) + ARROW, fitting(self.lengths[column]))
            self.sheet.set_column(column, column, min(width, WIDEST), self.format)

    def add(self, cells: Iterable[Cell]) -> None:
        if self.row == MOST_ROWS:
            self.finish_sheet()
            self._begin_sheet()
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                self._write_text(column, cell)
            elif cell is not None:
                self.sheet.write_number(self.row, column, cell, self.format)
                self._measure(column, str(cell))
        self.row += 1

    def add_all(self, rows: Iterable[Iterable[Cell]]) -> None:
        for row in rows:
            self.add(row)

    def _write_text(self, column: int, text: str) -> None:
        if fits(text):
            self._write_whole(column, text)
            return
        self._write_whole(column, text[:PART] + GOES_ON)
        cell = xl_rowcol_to_cell(self.row, column)
        for number, start in enumerate(range(PART, len(text), PART), start=2):
            part = text[start : start + PART]
            self.book.long_texts.add([self.sheet.name, cell, number, part])

    def _measure(self, column: int, text: str) -> None:
        longest = max(map(len, text[: WIDEST * WIDEST].split("\n"))) + 1
        self.lengths[column][min(longest, WIDEST)] += 1

    def _write_whole(self, column: int, text: str) -> None:
        self._measure(column, text)
        if text.startswith("<r>") and text.endswith("</r>"):
            # XlsxWriter would take this for XML of its own, and leave it as it is.
            runs = (text[:1], self.book.plain, text[1:], self.format)
            self.sheet.write_rich_string(self.row, column, *runs)
        else:
            self.sheet.write_string(self.row, column, text, self.format)


def fitting(lengths: Counter[int]) -> int:
    """The least length that as many texts have as should fit; 0 of none."""
    n_left = lengths.total() * FITTING
    for length in sorted(lengths):
        n_left -= lengths[length]
        if n_left <= 0:
            return length
    return 0


def fits(text: str) -> bool:
    """Whether one cell holds the text."""
    if len(text) <= MOST_UNITS // 2:
        return True
    return len(text.encode("utf-16-le")) <= 2 * MOST_UNITS

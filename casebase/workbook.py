"""Tables as a workbook (XLSX): plain cells, no formulas, in constant memory."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, partial
from pathlib import Path
from tempfile import TemporaryDirectory

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from casebase.formats import BLOCK_BYTES, Cell

# The limits of XLSX: rows of a sheet, UTF-16 units of a cell.
MOST_ROWS, MOST_UNITS = 1_048_576, 32_767
LONG_TEXTS = "Long texts"
GOES_ON = f" … [goes on in the sheet “{LONG_TEXTS}”]"
# Characters of a part: at most twice as many units.
PART = 16_000
WIDTH = 24


def workbook(fill: Callable[["Book"], None], title: str) -> Iterator[bytes]:
    """The file in pieces, made by ``fill`` before the first of them is given."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "workbook.xlsx")
        options = {"constant_memory": True, "tmpdir": folder, "use_zip64": True}
        with xlsxwriter.Workbook(path, options) as file:
            file.set_properties({"title": title})
            fill(Book(file))
        with path.open("rb") as written:
            yield from iter(partial(written.read, BLOCK_BYTES), b"")


class Book:
    """A workbook that is being written."""

    def __init__(self, file: xlsxwriter.Workbook) -> None:
        self.file = file
        self.bold = file.add_format({"bold": True})
        self.plain = file.add_format()

    def table(self, title: str, columns: Sequence[str]) -> "Table":
        return Table(self, title, columns)

    @cached_property
    def long_texts(self) -> "Table":
        """The rest of texts that are too long for a cell. There when it is needed."""
        return self.table(LONG_TEXTS, ["sheet", "cell", "part", "text"])


class Table:
    """A heading and rows below it, going on in a further sheet when one is full."""

    def __init__(self, book: Book, title: str, columns: Sequence[str]) -> None:
        self.book, self.title, self.columns = book, title, columns
        self.n_sheets = 0
        self._begin_sheet()

    def _begin_sheet(self) -> None:
        self.n_sheets += 1
        more = f" {self.n_sheets}" if self.n_sheets > 1 else ""
        self.sheet = self.book.file.add_worksheet(f"{self.title}{more}")
        self.sheet.freeze_panes(1, 0)
        self.sheet.set_column(0, len(self.columns) - 1, WIDTH)
        for column, name in enumerate(self.columns):
            self.sheet.write_string(0, column, name, self.book.bold)
        self.row = 1

    def add(self, cells: Iterable[Cell]) -> None:
        if self.row == MOST_ROWS:
            self._begin_sheet()
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                self._write_text(column, cell)
            elif cell is not None:
                self.sheet.write_number(self.row, column, cell)
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

    def _write_whole(self, column: int, text: str) -> None:
        if text.startswith("<r>") and text.endswith("</r>"):
            # XlsxWriter would take this for XML of its own, and leave it as it is.
            runs = (text[:1], self.book.plain, text[1:])
            self.sheet.write_rich_string(self.row, column, *runs)
        else:
            self.sheet.write_string(self.row, column, text)


def fits(text: str) -> bool:
    """Whether one cell holds the text."""
    if len(text) <= MOST_UNITS // 2:
        return True
    return len(text.encode("utf-16-le")) <= 2 * MOST_UNITS

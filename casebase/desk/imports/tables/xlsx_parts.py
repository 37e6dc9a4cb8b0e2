"""Parsers of the parts of a workbook, which process one XML element at a time.

Only the values of one block of rows and the shared strings are kept in memory.
"""

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Any

from casebase.desk.imports.tables.cells import Formula

REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
ESCAPED_CHARACTER = re.compile(r"_x([0-9A-Fa-f]{4})_")
INTEGER = re.compile(r"[+-]?[0-9]{1,400}")
MAX_FORMAT_LENGTH = 255
# A cell has up to 32,767 characters, each of which may be escaped as _x000D_.
MAX_TEXT_LENGTH = 7 * 32_767
# Characters in all cells; ten thousand findings have about four million.
MAX_CHARACTERS = 20_000_000
# The built-in formats of dates and times, and the codes for them in other formats.
DATE_FORMATS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
NOT_DATE_CODES = re.compile(r'"[^"]*"|\\.|\[(?![hms]+\])[^\]]*\]|_.|\*.', re.IGNORECASE)
DATE_CODES = re.compile(r"[dmyhs]", re.IGNORECASE)

type Attributes = dict[str, str]


class LimitExceededError(Exception):
    """The workbook is larger than any table of findings."""


@dataclass(frozen=True)
class Size:
    """The number of rows and columns to read."""

    rows: int
    columns: int


class Part:
    """The base of parsers; elements have their names without a namespace."""

    def start(self, tag: str, attributes: Attributes) -> None: ...

    def end(self, tag: str) -> None: ...

    def text(self, words: str) -> None: ...


def local_name(name: str) -> str:
    return name.rpartition("}")[2]


class Relations(Part):
    """The relationships of a part to other parts, by their type."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.targets: dict[str, str] = {}
        self.kinds: list[tuple[str, str]] = []

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            path = posixpath.join("/", self.folder, attributes["Target"])
            path = posixpath.normpath(path).lstrip("/")
            self.targets[attributes["Id"]] = path
            self.kinds.append((attributes["Type"].rpartition("/")[2], path))

    def paths_of_kind(self, kind: str) -> Iterator[str]:
        return (path for of, path in self.kinds if of == kind)


class Sheets(Part):
    """The sheets of a workbook: name → id of a relationship."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "sheet":
            ids = (
                value for name, value in attributes.items() if local_name(name) == "id"
            )
            self.found[attributes["name"]] = next(ids)


class Styles(Part):
    """The cell styles: whether each shows numbers as dates."""

    def __init__(self) -> None:
        self.dates = set(DATE_FORMATS)
        self.are_dates: list[bool] = []
        self.is_of_cells = False

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "numFmt" and is_date_format(attributes.get("formatCode", "")):
            self.dates.add(int(attributes["numFmtId"]))
        elif tag == "cellXfs":
            self.is_of_cells = True
        elif tag == "xf" and self.is_of_cells:
            self.are_dates.append(int(attributes.get("numFmtId", 0)) in self.dates)

    def end(self, tag: str) -> None:
        if tag == "cellXfs":
            self.is_of_cells = False


def is_date_format(code: str) -> bool:
    shown = code[:MAX_FORMAT_LENGTH].partition(";")[0]
    return DATE_CODES.search(NOT_DATE_CODES.sub("", shown)) is not None


class Strings(Part):
    """The shared strings, each joined from its runs, without phonetic hints.

    Raises LimitExceededError before it builds a string that exceeds the limits.
    """

    def __init__(self) -> None:
        self.found: list[str] = []
        self.words: list[str] = []
        self.length = self.n_characters = 0
        self.is_text = self.is_phonetic = False

    def start(self, tag: str, attributes: Attributes) -> None:
        self.is_text = tag == "t"
        self.is_phonetic = self.is_phonetic or tag == "rPh"
        if tag == "si":
            self.begin_text()

    def begin_text(self) -> None:
        self.words.clear()
        self.length = 0

    def text(self, words: str) -> None:
        if self.is_text and not self.is_phonetic:
            self.length += len(words)
            if self.length > MAX_TEXT_LENGTH:
                raise LimitExceededError
            self.words.append(words)

    def count_characters(self, n_characters: int) -> None:
        self.n_characters += n_characters
        if self.n_characters > MAX_CHARACTERS:
            raise LimitExceededError

    def end(self, tag: str) -> None:
        self.is_text = False
        if tag == "rPh":
            self.is_phonetic = False
        elif tag == "si":
            self.count_characters(self.length)
            self.found.append(unescape("".join(self.words)))


def unescape(text: str) -> str:
    r"""Decode characters that XML can't contain, which are escaped as \_x000D\_."""
    return ESCAPED_CHARACTER.sub(
        lambda found: decode_character(int(found[1], 16)) or found[0], text
    )


def decode_character(code: int) -> str:
    """Return the character; nothing for a surrogate, which is half of one."""
    return "" if 0xD800 <= code < 0xE000 else chr(code)


class Cells(Strings):
    """The rows of a sheet. A value is built when its cell ends."""

    def __init__(self, strings: list[str], are_dates: list[bool], size: Size) -> None:
        super().__init__()
        self.strings, self.are_dates, self.size = strings, are_dates, size
        self.rows: list[list[Any]] = []
        self.n_rows = self.row = self.column = 0
        self.cells: dict[int, Any] = {}
        self.attributes: Attributes = {}
        self.is_formula = False

    @property
    def is_full(self) -> bool:
        return self.n_rows >= self.size.rows

    def take_rows(self) -> Iterator[list[Any]]:
        yield from self.rows
        self.rows.clear()

    def start(self, tag: str, attributes: Attributes) -> None:
        super().start(tag, attributes)
        self.is_text = tag in ("t", "v")
        if tag == "row":
            self.row = int(attributes.get("r", self.row + 1))
            self.column = 0
            self.cells = {}
        elif tag == "c":
            self.column = parse_column(attributes.get("r", "")) or self.column + 1
            self.attributes, self.is_formula = attributes, False
            self.begin_text()
        elif tag == "f":
            self.is_formula = True

    def end(self, tag: str) -> None:
        super().end(tag)
        if tag == "c" and self.column <= self.size.columns:
            value = self.read_value()
            if value is not None:
                self.cells[self.column] = value
        elif tag == "row" and self.cells:
            self.add_row()

    def add_row(self) -> None:
        """Add the row, and the empty rows that the file left out before it."""
        n_empty = min(self.row, self.size.rows + 1) - self.n_rows - 1
        if n_empty < 0 and not self.is_full:
            raise ValueError
        width = max(self.cells)
        values = [self.cells.get(column) for column in range(1, width + 1)]
        rows = [*([[]] * n_empty), values][: self.size.rows - self.n_rows]
        self.rows += rows
        self.n_rows += len(rows)

    def read_value(self) -> Any:
        if self.is_formula:
            return Formula()
        if not self.words:
            return None
        self.count_characters(self.length)
        text = "".join(self.words)
        return VALUE_READERS[self.attributes.get("t", "n")](self, text)

    def read_shared_string(self, text: str) -> str:
        found = self.strings[int(text)]
        self.count_characters(len(found))
        return found

    def read_number(self, text: str) -> Any:
        style = int(self.attributes.get("s", 0))
        if self.are_dates[style : style + 1] == [True]:
            return date.min
        if not isfinite(number := float(text)):
            raise ValueError
        return int(text) if INTEGER.fullmatch(text.strip()) else number


def parse_column(reference: str) -> int:
    """Return the number of the column: 28 for “AB7”, and 0 without a reference."""
    found = REFERENCE.fullmatch(reference)
    column = 0
    for letter in found[1] if found else "":
        column = column * 26 + ord(letter) - 64
    return column


# The type of a cell → the function that reads its value.
VALUE_READERS: dict[str, Callable[[Cells, str], Any]] = {
    "n": Cells.read_number,
    "s": Cells.read_shared_string,
    "str": lambda cells, text: unescape(text),
    "inlineStr": lambda cells, text: unescape(text),
    "b": lambda cells, text: text.strip() != "0",
    "e": lambda cells, text: text,
    "d": lambda cells, text: date.min,
}

"""Reads the rows of workbooks (.xlsx) as a stream, and no other parts than needed.

A few kB of a zip may unpack to millions of elements, so the reader limits the number
of bytes and elements, the depth of their nesting and the length of a single tag.

ECMA-376, part 1, section 18: https://ecma-international.org/publications-and-standards/standards/ecma-376/
"""

import posixpath
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from xml.parsers import expat

from casebase.desk.imports.archives import (
    CENTRAL_ENTRY_SIGNATURE,
    COMPRESSION_METHODS,
    ZIP_ERRORS,
    file_error,
)
from casebase.desk.imports.tables.xlsx_parts import (
    Attributes,
    Cells,
    LimitExceededError,
    Part,
    Relations,
    Sheets,
    Size,
    Strings,
    Styles,
    local_name,
)

MAX_FILES = 200
MAX_BYTES = 60_000_000
# Ten thousand rows of thirty cells have 610,000 elements, and some more in strings.
MAX_ELEMENTS = 700_000
# A table has one element in four packed bytes; a small file may have many styles.
MIN_ELEMENTS, ELEMENTS_PER_BYTE = 50_000, 2
MAX_DEPTH = 50
# The parser keeps a tag or comment in memory until it ends.
MAX_TAG_BYTES = 1_000_000
BLOCK_SIZE = 64_000
# The sheet to read; the first one if no sheet has this name.
SHEET = "Findings"
PARSE_ERRORS: tuple[type[Exception], ...] = (*ZIP_ERRORS, expat.ExpatError, LookupError)
TOO_LARGE = "This workbook is too large; copy the table to a new one."
UNREADABLE = "This workbook can’t be read; save it again as .xlsx or CSV."


def read_workbook(raw: bytes, name: str, size: Size) -> Iterator[list[Any]]:
    """Yield the values of each row; empty rows before others are included.

    Dates are ``date.min``, and formulas a Formula. Stops at the number of rows in
    ``size``. Raises InvalidFileError if the workbook is invalid or too large.
    """
    if raw.count(CENTRAL_ENTRY_SIGNATURE) > MAX_FILES:
        raise file_error(
            name, f"There are more than {MAX_FILES} files in this workbook."
        )
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            yield from Workbook(archive, len(raw)).stream_rows(size)
    except LimitExceededError:
        raise file_error(name, TOO_LARGE) from None
    except PARSE_ERRORS:
        raise file_error(name, UNREADABLE) from None


class Workbook:
    """A package of parts. Each is read once, and all of them within the limits."""

    def __init__(self, archive: zipfile.ZipFile, packed_size: int) -> None:
        self.archive = archive
        self.n_bytes = self.n_elements = 0
        proportional = MIN_ELEMENTS + ELEMENTS_PER_BYTE * packed_size
        self.max_elements = min(MAX_ELEMENTS, proportional)

    def stream_rows(self, size: Size) -> Iterator[list[Any]]:
        start = self.read_relations("")
        main = next(start.paths_of_kind("officeDocument"), "xl/workbook.xml")
        related = self.read_relations(main)
        sheets = self.read_part(main, Sheets()).found
        target = related.targets[sheets.get(SHEET) or next(iter(sheets.values()))]
        strings, styles = Strings(), Styles()
        for kind, part in (("sharedStrings", strings), ("styles", styles)):
            for path in related.paths_of_kind(kind):
                self.read_part(path, part)
        cells = Cells(strings.found, styles.are_dates, size)
        for _ in self.stream_part(target, cells):
            yield from cells.take_rows()
            if cells.is_full:
                return

    def read_relations(self, path: str) -> "Relations":
        folder, file = posixpath.split(path)
        found = Relations(folder)
        return self.read_part(posixpath.join(folder, "_rels", f"{file}.rels"), found)

    def read_part[P: Part](self, path: str, part: P) -> P:
        for _ in self.stream_part(path, part):
            pass
        return part

    def stream_part(self, path: str, part: Part) -> Iterator[None]:
        """Feed the part to its parser block by block. Raises LimitExceededError."""
        member = self.archive.getinfo(path)
        if member.compress_type not in COMPRESSION_METHODS:
            # As zipfile does for methods that it does not know; see archives.py.
            raise NotImplementedError
        parser = self.build_parser(part)
        n_fed = 0
        with self.archive.open(member) as stream:
            while block := stream.read(BLOCK_SIZE):
                self.n_bytes += len(block)
                n_fed += len(block)
                parser.Parse(block)
                n_pending = n_fed - parser.CurrentByteIndex
                if self.n_bytes > MAX_BYTES or n_pending > MAX_TAG_BYTES:
                    raise LimitExceededError
                yield
        parser.Parse(b"", True)
        yield

    def build_parser(self, part: Part) -> Any:
        parser = expat.ParserCreate(namespace_separator="}")
        # Text comes in few pieces, even if it has many entities or lines.
        parser.buffer_text, parser.buffer_size = True, BLOCK_SIZE
        depth = 0

        def start(tag: str, attributes: Attributes) -> None:
            nonlocal depth
            depth += 1
            self.n_elements += 1
            if self.n_elements > self.max_elements or depth > MAX_DEPTH:
                raise LimitExceededError
            part.start(local_name(tag), attributes)

        def end(tag: str) -> None:
            nonlocal depth
            depth -= 1
            part.end(local_name(tag))

        parser.StartElementHandler, parser.EndElementHandler = start, end
        parser.CharacterDataHandler = part.text
        # Entities of a document type may expand without end; no program writes any.
        parser.StartDoctypeDeclHandler = refuse_doctype
        return parser


def refuse_doctype(*declared: Any) -> None:
    raise ValueError

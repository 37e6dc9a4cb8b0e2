"""Reads workbooks (.xlsx) as rows of values, as a stream and only what is needed.

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
    Part,
    Relations,
    Sheets,
    Size,
    Strings,
    Styles,
    TooMuchError,
    local,
)

MOST_FILES = 200
MOST_BYTES = 60_000_000
# Ten thousand rows of thirty cells have 610,000 elements, and some more in strings.
MOST_ELEMENTS = 700_000
# A table has one in four bytes of the packed file; a small file may have many styles.
FEW_ELEMENTS, ELEMENTS_A_BYTE = 50_000, 2
MOST_DEPTH = 50
# The parser keeps a tag or comment in memory until it ends.
LONGEST_TAG = 1_000_000
BLOCK = 64_000
# The sheet to read; the first one if no sheet has this name.
SHEET = "Findings"
PARSE_ERRORS: tuple[type[Exception], ...] = (*ZIP_ERRORS, expat.ExpatError, LookupError)
TOO_MUCH = "There is too much in this workbook; copy the table to a new one."
UNREADABLE = "This workbook can’t be read; save it anew as .xlsx or CSV."


def workbook_rows(raw: bytes, name: str, size: Size) -> Iterator[list[Any]]:
    """Yield the values of each row, also of empty rows before others.

    Dates are ``date.min``, and formulas a Formula. Stops at the number of rows in
    ``size``. Raises InvalidFileError if the workbook is invalid or too large.
    """
    if raw.count(CENTRAL_ENTRY_SIGNATURE) > MOST_FILES:
        raise file_error(
            name, f"There are more than {MOST_FILES} files in this workbook."
        )
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            yield from Workbook(archive, len(raw)).rows(size)
    except TooMuchError:
        raise file_error(name, TOO_MUCH) from None
    except PARSE_ERRORS:
        raise file_error(name, UNREADABLE) from None


class Workbook:
    """A package of parts, of which each is read once, and all within limits."""

    def __init__(self, archive: zipfile.ZipFile, n_packed: int) -> None:
        self.archive = archive
        self.n_bytes = self.n_elements = 0
        fit = FEW_ELEMENTS + ELEMENTS_A_BYTE * n_packed
        self.most_elements = min(MOST_ELEMENTS, fit)

    def rows(self, size: Size) -> Iterator[list[Any]]:
        start = self.related("")
        main = next(start.of_kind("officeDocument"), "xl/workbook.xml")
        related = self.related(main)
        sheets = self.whole(main, Sheets()).found
        target = related.targets[sheets.get(SHEET) or next(iter(sheets.values()))]
        strings, styles = Strings(), Styles()
        for kind, part in (("sharedStrings", strings), ("styles", styles)):
            for path in related.of_kind(kind):
                self.whole(path, part)
        cells = Cells(strings.found, styles.are_dates, size)
        for _ in self.read(target, cells):
            yield from cells.taken()
            if cells.is_over:
                return

    def related(self, path: str) -> "Relations":
        folder, file = posixpath.split(path)
        found = Relations(folder)
        return self.whole(posixpath.join(folder, "_rels", f"{file}.rels"), found)

    def whole[P: Part](self, path: str, part: P) -> P:
        for _ in self.read(path, part):
            pass
        return part

    def read(self, path: str, part: Part) -> Iterator[None]:
        """Goes through the part block by block. Raises TooMuchError."""
        member = self.archive.getinfo(path)
        if member.compress_type not in COMPRESSION_METHODS:
            # As zipfile does where it knows no way to unpack; see archives.py.
            raise NotImplementedError
        parser = self.parser_for(part)
        n_given = 0
        with self.archive.open(member) as stream:
            while block := stream.read(BLOCK):
                self.n_bytes += len(block)
                n_given += len(block)
                parser.Parse(block)
                held = n_given - parser.CurrentByteIndex
                if self.n_bytes > MOST_BYTES or held > LONGEST_TAG:
                    raise TooMuchError
                yield
        parser.Parse(b"", True)
        yield

    def parser_for(self, part: Part) -> Any:
        parser = expat.ParserCreate(namespace_separator="}")
        # In few pieces, whatever is written as &amp; or on lines of its own.
        parser.buffer_text, parser.buffer_size = True, BLOCK
        depth = 0

        def start(tag: str, attributes: Attributes) -> None:
            nonlocal depth
            depth += 1
            self.n_elements += 1
            if self.n_elements > self.most_elements or depth > MOST_DEPTH:
                raise TooMuchError
            part.start(local(tag), attributes)

        def end(tag: str) -> None:
            nonlocal depth
            depth -= 1
            part.end(local(tag))

        parser.StartElementHandler, parser.EndElementHandler = start, end
        parser.CharacterDataHandler = part.text
        # What a document type declares may unfold without end; no program writes one.
        parser.StartDoctypeDeclHandler = refuse_doctype
        return parser


def refuse_doctype(*declared: Any) -> None:
    raise ValueError

"""What all formats of files share: how one is described, blocks, safe CSV."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

type Cell = str | int | float | None

BLOCK_BYTES = 64 * 1024
# How spreadsheet programs know UTF-8.
BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}".encode()
# What they take for the beginning of a formula, the wide forms of = + - @ too; see
# https://owasp.org/www-community/attacks/CSV_Injection
FORMULA = re.compile(r"['\s]*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


@dataclass(frozen=True)
class Format[Records]:
    """One way to write a set of records into a file.

    ``extension`` has no dot in front; ``write`` yields the file in pieces of any size.
    """

    name: str
    label: str
    media_type: str
    extension: str
    write: Callable[[Records], Iterator[bytes]]


def in_blocks(pieces: Iterable[bytes], size: int = BLOCK_BYTES) -> Iterator[bytes]:
    """The same bytes in pieces of at least ``size``, save the last."""
    block = bytearray()
    for piece in pieces:
        block += piece
        if len(block) >= size:
            yield bytes(block)
            block.clear()
    if block:
        yield bytes(block)


def harmless(cell: Cell) -> Cell:
    """A cell that starts no formula: such a text gets an apostrophe in front.

    Texts that look so marked already get one more, so taking one off gives the text.
    """
    if isinstance(cell, str) and FORMULA.match(cell):
        return f"'{cell}"
    return cell


def csv_pieces(
    columns: Iterable[str], rows: Iterable[Iterable[Cell]]
) -> Iterator[bytes]:
    """A table as RFC 4180 has it, in UTF-8: the mark, the heading, a piece a row."""
    line = csv.writer(_Encoded()).writerow
    yield BYTE_ORDER_MARK + line(columns)
    for row in rows:
        yield line(map(harmless, row))


class _Encoded:
    """Where csv writes to: the writer hands on what this returns."""

    def write(self, line: str) -> bytes:
        return line.encode()

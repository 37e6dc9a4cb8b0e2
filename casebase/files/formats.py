"""What all formats of files share: how one is described, safe CSV, JSON in a stream."""

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.text import slugify

type Cell = str | int | float | None

# Media types: https://www.rfc-editor.org/rfc/rfc4180, and that of XLSX.
CSV = "text/csv; charset=utf-8; header=present"
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

BLOCK_BYTES = 64 * 1024
LONGEST_NAME = 100
# How spreadsheet programs know UTF-8.
BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}".encode()
# Characters that spreadsheets take for the start of a formula, also in wide forms; see
# https://owasp.org/www-community/attacks/CSV_Injection
FORMULA = re.compile(r"['\s]*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


@dataclass(frozen=True)
class Format[Records]:
    """One way to write a set of records into a file.

    ``extension`` has no leading dot. ``write`` yields the file in pieces of any size;
    if it ``is_buffered``, the first one comes only when all of it is written.
    """

    name: str
    label: str
    media_type: str
    extension: str
    write: Callable[[Records], Iterator[bytes]]
    is_buffered: bool = False


def file_name(parts: Iterable[str], extension: str) -> str:
    """“casebase-mistrust-germany-2026-11-24.csv”: set and date, in ASCII, not long."""
    end = f"-{date.today().isoformat()}.{extension}"
    stem = "-".join(filter(None, ["casebase", *map(slugify, parts)]))
    return stem[: LONGEST_NAME - len(end)].rstrip("-") + end


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


def escape_formula(cell: Cell) -> Cell:
    """Return the text with an apostrophe in front if it would start a formula.

    A text that looks escaped gets another one, so that the original can be restored.
    """
    if isinstance(cell, str) and FORMULA.match(cell):
        return f"'{cell}"
    return cell


def csv_pieces(
    columns: Iterable[str], rows: Iterable[Iterable[Cell]]
) -> Iterator[bytes]:
    """Yield a table as in RFC 4180, in UTF-8: the mark, the heading, each row."""
    line = csv.writer(_Encoded()).writerow
    yield BYTE_ORDER_MARK + line(columns)
    for row in rows:
        yield line(map(escape_formula, row))


def json_pieces(
    head: dict[str, Any],
    name: str,
    records: Iterable[Any],
    tail: Callable[[], dict[str, Any]],
) -> Iterator[bytes]:
    """Yield an object in UTF-8: ``head``, a list of records called ``name``, ``tail``.

    A line and a piece a record. ``tail`` is called when the records have passed; it and
    ``head`` have one member at least.
    """
    yield f"{_json(head)[:-1]}, {_json(name)}: [".encode()
    separator = "\n"
    for record in records:
        yield f"{separator}{_json(record)}".encode()
        separator = ",\n"
    yield f"\n], {_json(tail())[1:]}\n".encode()


_json = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


class _Encoded:
    """The file for csv.writer, which returns what ``write`` returns."""

    def write(self, line: str) -> bytes:
        return line.encode()

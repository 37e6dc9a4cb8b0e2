"""Writes works as a table, in CSV and XLSX: one row for each work, no text cut."""

from collections.abc import Iterable, Iterator

from casebase.files.formats import Cell, csv_pieces, in_blocks
from casebase.files.xlsx import Book, workbook
from references.csl import Name, Work
from references.formats.name_parser import invert_name
from references.formats.work_format import (
    CONTROL_CHARACTERS,
    LOSES_TITLE_MARKUP,
    Loss,
    format_iso_date,
)

SHEET_TITLE = "Works"
LOSSES = (
    LOSES_TITLE_MARKUP,
    Loss("control characters in texts", "left out"),
    Loss(
        "parts of names", "each name as one text, as “van Eijk, C.”, separated by “; ”"
    ),
)
COLUMNS = [
    *("key", "type", "authors", "year", "title", "editors", "container_title"),
    *("collection_title", "event_title", "event_place", "volume", "issue", "pages"),
    *("number", "edition", "genre", "authority", "publisher", "publisher_place"),
    *("issued", "doi", "url", "accessed", "language", "note", "correction"),
    *("former_keys", "place_in_chapter"),
]


def build_rows(works: Iterable[Work]) -> Iterator[list[Cell]]:
    for work in works:
        cells = build_cells(work)
        yield [cells[column] for column in COLUMNS]


def build_cells(work: Work) -> dict[str, Cell]:
    texts = {name: value for name, value in work if isinstance(value, str)}
    cells: dict[str, Cell] = dict.fromkeys(COLUMNS) | texts
    cells |= {
        "authors": join_names(work.author),
        "editors": join_names(work.editor),
        "year": work.issued.year if work.issued else None,
        "issued": format_iso_date(work.issued) if work.issued else None,
        "accessed": format_iso_date(work.accessed) if work.accessed else None,
        "pages": work.page,
        "correction": work.custom.correction,
        "former_keys": "; ".join(work.custom.former_keys),
        "place_in_chapter": work.custom.chapter_position,
    }
    return {
        column: CONTROL_CHARACTERS.sub("", cell) if isinstance(cell, str) else cell
        for column, cell in cells.items()
    }


def join_names(names: list[Name]) -> str:
    return "; ".join(map(invert_name, names))


def write_csv(works: Iterable[Work]) -> Iterator[bytes]:
    return in_blocks(csv_pieces(COLUMNS, build_rows(works)))


def write_xlsx(works: Iterable[Work]) -> Iterator[bytes]:
    def add_table(book: Book) -> None:
        book.table(SHEET_TITLE, COLUMNS).add_all(build_rows(works))

    return workbook(add_table, SHEET_TITLE)

"""Works as rows of a table, for CSV and XLSX: one row a work, texts whole."""

from collections.abc import Iterable, Iterator

from casebase.files.formats import Cell, csv_pieces, in_blocks
from casebase.files.xlsx import Book, workbook
from references.csl import Name, Work
from references.formats.name_parser import inverted
from references.formats.work_format import CONTROL, NO_MARKS, Loss
from references.partial_date import PartialDate

TITLE = "Works"
LOSSES = (
    NO_MARKS,
    Loss("control characters in texts", "nothing"),
    Loss("parts of names", "one line a name, as “van Eijk, C.”, joined by “; ”"),
)
COLUMNS = [
    *("key", "type", "authors", "year", "title", "editors", "container_title"),
    *("collection_title", "event_title", "event_place", "volume", "issue", "pages"),
    *("number", "edition", "genre", "authority", "publisher", "publisher_place"),
    *("issued", "doi", "url", "accessed", "language", "note", "correction"),
    *("former_keys", "place_in_chapter"),
]


def rows(works: Iterable[Work]) -> Iterator[list[Cell]]:
    for work in works:
        cells = cells_of(work)
        yield [cells[column] for column in COLUMNS]


def cells_of(work: Work) -> dict[str, Cell]:
    texts = {name: value for name, value in work if isinstance(value, str)}
    cells: dict[str, Cell] = dict.fromkeys(COLUMNS) | texts
    cells |= {
        "authors": joined(work.author),
        "editors": joined(work.editor),
        "year": work.issued.year if work.issued else None,
        "issued": iso(work.issued),
        "accessed": iso(work.accessed),
        "pages": work.page,
        "correction": work.custom.correction,
        "former_keys": "; ".join(work.custom.former_keys),
        "place_in_chapter": work.custom.chapter_position,
    }
    return {
        column: CONTROL.sub("", cell) if isinstance(cell, str) else cell
        for column, cell in cells.items()
    }


def joined(names: list[Name]) -> str:
    return "; ".join(map(inverted, names))


def iso(when: PartialDate | None) -> str | None:
    """“2014-05-21”, “2014-05” or “2014”."""
    if not when:
        return None
    year, *others = when.parts
    return "-".join([f"{year:04}", *(f"{part:02}" for part in others)])


def write_csv(works: Iterable[Work]) -> Iterator[bytes]:
    return in_blocks(csv_pieces(COLUMNS, rows(works)))


def write_xlsx(works: Iterable[Work]) -> Iterator[bytes]:
    def fill(book: Book) -> None:
        book.table(TITLE, COLUMNS).add_all(rows(works))

    return workbook(fill, TITLE)

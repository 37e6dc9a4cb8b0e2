"""Cases like mine as a file: one row a case, with every addend of its points."""

from collections.abc import Iterator
from typing import Any

from casebase.files.formats import CSV, SPREADSHEET, Cell, Format, csv_pieces
from casebase.files.xlsx import Book, workbook
from initiatives.similar.parts import PARTS
from initiatives.similar.results import Result

# Of a ranking, which has most cases, nobody reads on so far.
MOST_CASES = 500
CHUNK = 100
COLUMNS = [
    *("rank", "case", "name", "place", "years", "points", "of"),
    *(f"{name.replace('-', '_')}_points" for name in PARTS),
    *("shares", "differs", "not_told", "not_known", "address"),
]


def rows(filterset: Any, site: str) -> Iterator[list[Cell]]:
    """Yield the closest cases in order; nothing stands under parts not compared."""
    for start in range(0, min(MOST_CASES, len(filterset.matches)), CHUNK):
        for rank, result in enumerate(filterset.matches[start : start + CHUNK], start):
            yield row(rank + 1, result, site)


def row(rank: int, result: Result, site: str) -> list[Cell]:
    case, points = result.case, {part.name: part.points for part in result.parts}
    return [
        *(rank, case.slug, case.name, case.place, case.years),
        *(result.points, result.total, *(points.get(name) for name in PARTS)),
        "; ".join(each.label for each in result.shared),
        "; ".join(result.differences),
        "; ".join(result.all_missing),
        "; ".join(result.unknown),
        site + case.get_absolute_url(),
    ]


def write_csv(selection: tuple[Any, str]) -> Iterator[bytes]:
    return csv_pieces(COLUMNS, rows(*selection))


def write_xlsx(selection: tuple[Any, str]) -> Iterator[bytes]:
    filterset, _ = selection

    def fill(book: Book) -> None:
        book.table("Cases", COLUMNS).add_all(rows(*selection))
        about: list[list[Any]] = [
            ["query", filterset.sentence],
            ["cases_at_most", MOST_CASES],
            ["licence", "CC BY 4.0"],
        ]
        book.table("About", ["about", "this file"]).add_all(about)

    return workbook(fill, filterset.sentence)


FORMATS = {
    one.name: one
    for one in (
        Format("csv", "CSV, one row a case", CSV, "csv", write_csv),
        Format(
            "xlsx", "Excel workbook", SPREADSHEET, "xlsx", write_xlsx, is_buffered=True
        ),
    )
}

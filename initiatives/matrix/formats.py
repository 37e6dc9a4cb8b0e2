"""The matrix as a table in a file: one row for each filled cell."""

from collections.abc import Iterator
from typing import Any

from casebase.files.formats import CSV, SPREADSHEET, Cell, Format, csv_pieces
from casebase.files.xlsx import Book, workbook
from initiatives.evidence_grade.rules import RULES_VERSION
from initiatives.matrix.filters import FILES
from initiatives.matrix.layout import Matrix
from initiatives.matrix.tables import DIRECTIONS


def columns(matrix: Matrix) -> list[str]:
    names = ["row", "row_label", "column", "column_label", "cases"]
    if matrix.is_linked:
        names += ["statements", *(name.replace("-", "_") for name in DIRECTIONS)]
    return [*names, "address"]


def rows(matrix: Matrix, site: str) -> Iterator[list[Cell]]:
    """Yield the values of each filled cell, in the order of the page."""
    for row, cells in matrix.table_rows:
        for column, cell in zip(matrix.columns, cells, strict=True):
            if cell:
                counts: list[Cell] = [cell.n_cases]
                if matrix.is_linked:
                    results = dict(cell.results)
                    counts += [cell.n_statements]
                    counts += [results.get(name, 0) for name in DIRECTIONS]
                names = (
                    part
                    for side in (row, column)
                    for part in (side.value.slug, side.value.label)
                )
                yield [*names, *counts, site + cell.address]


def write_csv(selection: tuple[Matrix, str]) -> Iterator[bytes]:
    matrix, site = selection
    return csv_pieces(columns(matrix), rows(matrix, site))


def grid(matrix: Matrix) -> Iterator[list[Cell]]:
    """Yield the rows of the matrix with the number of cases of each cell."""
    for row, cells in matrix.table_rows:
        yield [row.value.label, *(cell.n_cases if cell else None for cell in cells)]


def explanation(matrix: Matrix) -> str:
    """Return what the numbers count, in a sentence."""
    if matrix.is_linked:
        return (
            "Cases and statements of which one statement says both, and the result "
            "that it reports."
        )
    return (
        "Cases that have both. That they stand on the same case does not mean that one "
        "has to do with the other."
    )


def write_xlsx(selection: tuple[Matrix, str]) -> Iterator[bytes]:
    matrix, site = selection

    def fill(book: Book) -> None:
        labels = [column.value.label for column in matrix.columns]
        book.table("Matrix", ["cases", *labels]).add_all(grid(matrix))
        book.table("Cells", columns(matrix)).add_all(rows(matrix, site))
        about: list[list[Any]] = [
            ["query", matrix.form.sentence],
            ["counted", explanation(matrix)],
            ["evidence_rules", RULES_VERSION],
            ["licence", "CC BY 4.0"],
        ]
        book.table("About", ["about", "this file"]).add_all(about)

    return workbook(fill, matrix.form.sentence)


FORMATS = {
    one.name: one
    for one in (
        Format("csv", FILES["csv"], CSV, "csv", write_csv),
        Format(
            "xlsx", FILES["xlsx"], SPREADSHEET, "xlsx", write_xlsx, is_buffered=True
        ),
    )
}

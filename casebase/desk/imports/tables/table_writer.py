"""Writes the findings of cases to a file that can be edited and imported."""

from collections.abc import Iterable, Iterator
from functools import partial

from casebase.desk.imports.tables.columns import (
    AS_OF,
    build_heading,
    count_source_columns,
    serialize_findings,
)
from casebase.desk.imports.tables.xlsx_reader import SHEET
from casebase.files.formats import CSV, SPREADSHEET, Cell, Format, csv_pieces
from casebase.files.xlsx import Book, workbook
from initiatives.sheets import CaseSheet

type Table = tuple[list[CaseSheet], int]


def tabulate(table: Table) -> tuple[list[str], Iterator[list[Cell]]]:
    sheets, version = table
    columns = build_heading(count_source_columns(sheets))
    return columns, tabulate_rows(sheets, columns, version)


def tabulate_rows(
    sheets: Iterable[CaseSheet], columns: list[str], version: int
) -> Iterator[list[Cell]]:
    # The letter makes it a text: spreadsheets keep only 15 digits of a number.
    stamp = {AS_OF: f"v{version}"}
    for sheet in sheets:
        for row in serialize_findings(sheet):
            yield [(row | stamp).get(column) for column in columns]


def write_csv(table: Table) -> Iterator[bytes]:
    return csv_pieces(*tabulate(table))


def write_xlsx(table: Table) -> Iterator[bytes]:
    return workbook(partial(fill_workbook, table), "Findings")


def fill_workbook(table: Table, book: Book) -> None:
    columns, rows = tabulate(table)
    # As texts, so that no program makes a date of 2014-05, or of pages 3-5.
    book.table(SHEET, columns, number_format="@").add_all(rows)


FORMATS: dict[str, Format[Table]] = {
    form.name: form
    for form in (
        Format(
            name="xlsx",
            label="Workbook (XLSX)",
            media_type=SPREADSHEET,
            extension="xlsx",
            write=write_xlsx,
            is_buffered=True,
        ),
        Format(
            name="csv",
            label="Table (CSV)",
            media_type=CSV,
            extension="csv",
            write=write_csv,
        ),
    )
}

"""XLSX: sheets with cases, findings, sources and terms, and one about the file."""

from collections.abc import Iterator
from dataclasses import asdict

from casebase.files.formats import SPREADSHEET, Format
from casebase.files.xlsx import Book, workbook
from initiatives.formats.selection import RecordCounter, Selection
from initiatives.formats.tables import (
    CASE_COLUMNS,
    FINDING_COLUMNS,
    SOURCE_COLUMNS,
    TERM_COLUMNS,
    Row,
    case_row,
    finding_rows,
    source_rows,
    term_row,
)


def write(selection: Selection) -> Iterator[bytes]:
    def fill(book: Book) -> None:
        counter = RecordCounter()
        cases = book.table("Cases", list(CASE_COLUMNS))
        findings = book.table("Findings", list(FINDING_COLUMNS))
        sources = book.table("Sources", list(SOURCE_COLUMNS))
        for case in counter.counting(selection.serialized_cases()):
            cases.add(case_row(case))
            findings.add_all(finding_rows(case))
            sources.add_all(source_rows(case))
        book.table("Terms", list(TERM_COLUMNS)).add_all(map(term_row, selection.terms))
        book.table("About", ["about", "this file"]).add_all(
            about_rows(selection, counter)
        )

    return workbook(fill, selection.about["title"])


def about_rows(selection: Selection, counter: RecordCounter) -> Iterator[Row]:
    for key, value in selection.about.items():
        yield [key, value]
    for key, n in asdict(counter).items():
        yield [f"n_{key}", n]


FORMAT = Format(
    name="xlsx",
    label="Excel workbook: cases, findings, sources, terms",
    media_type=SPREADSHEET,
    extension="xlsx",
    write=write,
    is_buffered=True,
)

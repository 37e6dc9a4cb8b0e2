"""A workbook: cases, their findings, each use of a work, the codebook, and a cover."""

from collections.abc import Iterator
from dataclasses import asdict

from casebase.files.formats import Format
from casebase.files.xlsx import Book, workbook
from initiatives.formats.selection import Selection, Tally
from initiatives.formats.tables import (
    LONG,
    SOURCES,
    TERMS,
    WIDE,
    Row,
    long_rows,
    source_rows,
    term_row,
    wide_row,
)


def write(selection: Selection) -> Iterator[bytes]:
    def fill(book: Book) -> None:
        tally = Tally()
        cases = book.table("Cases", list(WIDE))
        findings = book.table("Findings", list(LONG))
        sources = book.table("Sources", list(SOURCES))
        for case in tally.passing(selection.records()):
            cases.add(wide_row(case))
            findings.add_all(long_rows(case))
            sources.add_all(source_rows(case))
        book.table("Terms", list(TERMS)).add_all(map(term_row, selection.terms))
        book.table("About", ["about", "this file"]).add_all(cover(selection, tally))

    return workbook(fill, selection.about["title"])


def cover(selection: Selection, tally: Tally) -> Iterator[Row]:
    for key, value in selection.about.items():
        yield [key, value]
    for key, n in asdict(tally).items():
        yield [f"n_{key}", n]


FORMAT = Format(
    name="xlsx",
    label="Excel workbook: cases, findings, sources, terms",
    media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    extension="xlsx",
    write=write,
    is_buffered=True,
)

"""The formats in which a comparison can be downloaded."""

from collections.abc import Iterator

from casebase.files.formats import CSV, SPREADSHEET, Format, csv_pieces
from casebase.files.xlsx import Book, workbook
from initiatives.comparison.file_content import WORK_COLUMNS, ComparisonFile
from initiatives.comparison.word_document import render_word_document
from references.exports import WORD


def write_csv(content: ComparisonFile) -> Iterator[bytes]:
    return csv_pieces(content.columns, content.rows())


def write_xlsx(content: ComparisonFile) -> Iterator[bytes]:
    def fill(book: Book) -> None:
        book.table("Comparison", content.columns).add_all(content.rows())
        book.table("Works", WORK_COLUMNS).add_all(content.work_rows())
        book.table("About", ["about", "this file"]).add_all(content.about.items())

    return workbook(fill, content.title)


def write_docx(content: ComparisonFile) -> Iterator[bytes]:
    # Rendered at once, so that an error has a response of its own.
    return iter([render_word_document(content)])


FORMATS = {
    form.name: form
    for form in (
        Format("docx", "Word document, to print or edit", WORD, "docx", write_docx),
        Format(
            "xlsx",
            "Excel workbook: comparison, works",
            SPREADSHEET,
            "xlsx",
            write_xlsx,
        ),
        Format(
            "csv",
            "CSV, one row a fact or term",
            CSV,
            "csv",
            write_csv,
        ),
    )
}

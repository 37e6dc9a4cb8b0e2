"""The formats in which a plan can be downloaded."""

from collections.abc import Iterator

from casebase.files.formats import CSV, SPREADSHEET, Format, csv_pieces
from casebase.files.xlsx import Book, workbook
from initiatives.plan.outputs import file_content
from initiatives.plan.outputs.calendar import write_calendar
from initiatives.plan.outputs.file_content import PlanFile
from initiatives.plan.outputs.json_file import write_json
from initiatives.plan.outputs.word_document import write_docx
from references.exports import WORD


def write_csv(content: PlanFile) -> Iterator[bytes]:
    return csv_pieces(file_content.ROW_COLUMNS, content.rows())


def write_xlsx(content: PlanFile) -> Iterator[bytes]:
    sheets = {
        "Table": (file_content.ROW_COLUMNS, content.rows()),
        "Answers": (file_content.ANSWER_COLUMNS, content.answers()),
        "Checklists": (file_content.CHECK_COLUMNS, content.checks()),
        "Quotes": (file_content.QUOTE_COLUMNS, content.quotes()),
        "Works": (file_content.WORK_COLUMNS, content.works()),
        "About": (["about", "this file"], content.about.items()),
    }

    def fill(book: Book) -> None:
        for title, (columns, rows) in sheets.items():
            book.table(title, columns).add_all(rows)

    return workbook(fill, content.title)


FORMATS = {
    form.name: form
    for form in (
        Format("docx", "Word document, to edit or print", WORD, "docx", write_docx),
        Format("xlsx", "Excel workbook, all tables", SPREADSHEET, "xlsx", write_xlsx),
        Format("csv", "CSV, a row for each row of the table", CSV, "csv", write_csv),
        Format(
            "ics",
            "Calendar file of the dates (iCalendar)",
            "text/calendar; charset=utf-8",
            "ics",
            write_calendar,
        ),
        Format(
            "json",
            "JSON, to bring it in again here or elsewhere",
            "application/json",
            "json",
            write_json,
        ),
    )
}

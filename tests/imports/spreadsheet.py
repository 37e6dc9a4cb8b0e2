"""Tables of findings, exported and edited as in a spreadsheet program."""

import csv
import io

import openpyxl
from django.urls import reverse

FORMATS = ["csv", "xlsx"]


class Table:
    """A table of findings that was exported and can be edited."""

    def __init__(self, importer, name, *cases):
        self.name = f"findings.{name}"
        out = reverse("imports:findings-out", args=[name], query={"case": cases})
        content = importer.client.get(out).getvalue()
        read = rows_of_csv if name == "csv" else rows_of_xlsx
        self.heading, *self.rows = read(content)

    def row(self, finding):
        place = self.heading.index("finding")
        return next(row for row in self.rows if row[place] == finding)

    def get(self, finding, column):
        return self.row(finding)[self.heading.index(column)]

    def put(self, finding, /, **cells):
        for column, cell in cells.items():
            self.row(finding)[self.heading.index(column)] = cell

    def add(self, **cells):
        self.rows.append([cells.get(column) for column in self.heading])

    def drop(self, finding):
        self.rows.remove(self.row(finding))

    @property
    def file(self):
        write = csv_of if self.name.endswith("csv") else xlsx_of
        return self.name, write([self.heading, *self.rows])


def rows_of_csv(content):
    text = io.StringIO(content.decode("utf-8-sig"), newline="")
    return [[cell or None for cell in row] for row in csv.reader(text)]


def rows_of_xlsx(content):
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def csv_of(rows):
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def xlsx_of(rows):
    book, content = openpyxl.Workbook(), io.BytesIO()
    book.active.title = "Findings"
    for row in rows:
        book.active.append(row)
    book.save(content)
    return content.getvalue()

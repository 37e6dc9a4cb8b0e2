"""Builds workbooks part by part, also ones that no program would write."""

import io
import zipfile

import pytest

from casebase.content.parsed_file import InvalidFileError
from casebase.desk.imports.tables.xlsx_parts import Size
from casebase.desk.imports.tables.xlsx_reader import read_workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
SMALL = Size(rows=5, columns=3)


def relation(name, kind, target):
    return f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}"/>'


def relations(*rows):
    return f'<Relationships xmlns="{PACKAGE}">{"".join(rows)}</Relationships>'


def part(tag, inside=""):
    return f'<{tag} xmlns="{MAIN}" xmlns:r="{OFFICE}">{inside}</{tag}>'


def sheet(rows):
    return part("worksheet", f"<sheetData>{rows}</sheetData>")


PARTS = {
    "_rels/.rels": relations(relation("a", "officeDocument", "xl/workbook.xml")),
    "xl/workbook.xml": part(
        "workbook", '<sheets><sheet name="A" sheetId="1" r:id="s"/></sheets>'
    ),
    "xl/_rels/workbook.xml.rels": relations(
        relation("s", "worksheet", "/xl/worksheets/sheet1.xml"),
        relation("t", "sharedStrings", "sharedStrings.xml"),
        relation("y", "styles", "styles.xml"),
    ),
    "xl/worksheets/sheet1.xml": sheet(""),
    "xl/sharedStrings.xml": part("sst"),
    "xl/styles.xml": part("styleSheet"),
}
SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
STYLES = "xl/styles.xml"


def workbook(parts=(), method=zipfile.ZIP_DEFLATED):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, content in (PARTS | dict(parts)).items():
            archive.writestr(name, content)
    return packed.getvalue()


def rows_of(rows, size=SMALL, **parts):
    raw = workbook({SHEET: sheet(rows)} | parts)
    return list(read_workbook(raw, "a.xlsx", size))


def refusal(raw, size=SMALL):
    with pytest.raises(InvalidFileError) as refused:
        list(read_workbook(raw, "a.xlsx", size))
    return refused.value.errors[0].sentence

"""Reading rows of values from workbooks, including malicious ones."""

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest

from casebase.content.parsed_file import InvalidFileError
from casebase.desk.imports.tables import xlsx_reader
from casebase.desk.imports.tables.cells import Formula
from casebase.desk.imports.tables.table_reader import read_table
from casebase.desk.imports.tables.xlsx_parts import is_date_format
from casebase.desk.imports.tables.xlsx_reader import UNREADABLE, read_workbook
from tests.imports.workbook_factory import (
    SHEET,
    SMALL,
    STRINGS,
    STYLES,
    part,
    refusal,
    relation,
    relations,
    rows_of,
    sheet,
    workbook,
)


def test_values_are_those_that_openpyxl_reads():
    rows = [
        ["text", "Ä & <b>", " spaces "],
        [1, 2.5, -3e20],
        [None, None, None],
        [None, "_x0041_ is a sign", 2014],
    ]
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    written = io.BytesIO()
    book.save(written)
    read = list(read_workbook(written.getvalue(), "a.xlsx", SMALL))
    rows[2], rows[3][1] = [], "A is a sign"
    assert read == rows


def test_dates_and_formulas_are_known_for_what_they_are():
    book = openpyxl.Workbook()
    book.create_sheet("Findings").append([datetime(2014, 5, 1, 1), "=1+1", True])
    written = io.BytesIO()
    book.save(written)
    [[when, formula, truth]] = read_workbook(written.getvalue(), "a.xlsx", SMALL)
    assert (when, truth) == (date.min, True)
    assert isinstance(formula, Formula)


@pytest.mark.parametrize(
    ("code", "is_date"),
    [
        ("dd.mm.yyyy", True),
        ("[h]:mm", True),
        ("[$-407]d. mmm", True),
        ("0.00", False),
        ("General", False),
        ('0 "days"', False),
        ("[Red]0", False),
        (r"0\d", False),
        ("_d0", False),
        ("[" * 900_000, False),
    ],
)
def test_formats_of_dates_are_known(code, is_date):
    assert is_date_format(code) == is_date


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c t="s"><v>0</v></c>', "Tokyo"),
        ('<c t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c>', "ab"),
        ('<c t="str"><v>a_xD800__x000D_b</v></c>', "a_xD800_\rb"),
        ('<c t="e"><v>#REF!</v></c>', "#REF!"),
        ('<c t="b"><v>0</v></c>', False),
        ('<c t="d"><v>2014-05-01</v></c>', date.min),
        ('<c s="1"><v>41760</v></c>', date.min),
        ('<c s="2"><v>41760</v></c>', date.min),
        ('<c s="0"><v>41760</v></c>', 41760),
        ("<c><v>1E2</v></c>", 100.0),
    ],
)
def test_a_cell_says_what_it_holds(cell, value):
    strings = part(
        "sst", "<si><r><t>To</t></r><r><t>kyo</t></r><rPh><t>x</t></rPh></si>"
    )
    formats = '<numFmts><numFmt numFmtId="200" formatCode="yyyy"/></numFmts>'
    xfs = '<xf/><xf numFmtId="14"/><xf numFmtId="200"/>'
    styles = part("styleSheet", f'{formats}<cellXfs>{xfs}</cellXfs><xf numFmtId="14"/>')
    rows = rows_of(f"<row>{cell}</row>", **{STRINGS: strings, STYLES: styles})
    assert rows == [[value]]
    assert type(rows[0][0]) is type(value)


def test_cells_and_rows_that_are_not_there_are_empty():
    rows = '<row/><row r="3"><c r="B3"><v>1</v></c><c><v>2</v></c><c><v>9</v></c></row>'
    assert rows_of(rows) == [[], [], [None, 1, 2]]


@pytest.mark.parametrize("last", ["6", "9999999"])
def test_no_row_comes_after_as_many_as_are_wanted(last):
    row = f'<row r="{last}"><c><v>1</v></c></row>'
    assert rows_of(row + row) == [[]] * 5
    assert rows_of("<row><c><v>1</v></c></row>" * 9) == [[1]] * 5
    assert rows_of(f'<row r="{last}"/>') == []


@pytest.mark.parametrize(
    "parts",
    [
        {SHEET: "no XML"},
        {SHEET: sheet('<row><c t="s"><v>7</v></c></row>')},
        {SHEET: sheet('<row><c t="x"><v>7</v></c></row>')},
        {SHEET: sheet("<row><c><v>much</v></c></row>")},
        {SHEET: sheet('<row r="x"/>')},
        {SHEET: sheet('<row r="2"><c><v>1</v></c></row>' * 2)},
        {SHEET: sheet(f"<row><c><v>{'9' * 5_000}</v></c></row>")},
        {SHEET: '<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><x>&b;</x>'},
        {SHEET: '<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>'},
        {"xl/workbook.xml": part("workbook")},
        {"xl/workbook.xml": part("workbook", "<sheet/>")},
        {"xl/_rels/workbook.xml.rels": relations()},
        {"_rels/.rels": relations(relation("a", "officeDocument", "../../etc/x"))},
        {STYLES: part("styleSheet", '<cellXfs><xf numFmtId="x"/></cellXfs>')},
    ],
)
def test_what_no_program_writes_is_refused(parts):
    assert refusal(workbook(parts)) == UNREADABLE


def test_links_to_elsewhere_are_not_followed():
    outside = relation("t", "sharedStrings", "http://example.org/").replace(
        "/>", ' TargetMode="External"/>'
    )
    inside = relation("s", "worksheet", "worksheets/sheet1.xml")
    raw = workbook({"xl/_rels/workbook.xml.rels": relations(inside, outside)})
    assert list(read_workbook(raw, "a.xlsx", SMALL)) == []


@pytest.mark.parametrize("raw", [b"PK\x03\x04", workbook(method=zipfile.ZIP_LZMA)])
def test_zips_that_are_none_are_refused(raw):
    assert refusal(raw) == UNREADABLE


def test_a_zip_that_lies_of_its_sizes_is_refused():
    raw = workbook({SHEET: sheet("<row/>" * 50)})
    at = raw.rindex(
        b"PK\x01\x02", 0, raw.index(SHEET.encode(), raw.index(b"PK\x01\x02"))
    )
    broken = raw[: at + 24] + b"\x08\x00\x00\x00" + raw[at + 28 :]
    assert refusal(broken) == UNREADABLE


def test_many_files_are_refused():
    raw = workbook({f"x{n}": "" for n in range(200)})
    assert refusal(raw) == "There are more than 200 files in this workbook."


def test_parts_that_nobody_reads_may_be_large(monkeypatch):
    monkeypatch.setattr(xlsx_reader, "MAX_BYTES", 10_000)
    raw = workbook({"xl/media/a.png": b"x" * 20_000})
    assert list(read_workbook(raw, "a.xlsx", SMALL)) == []


@pytest.mark.parametrize("raw", [b"case" + b"," * 3_000, b"case\n" + b",\n" * 3_000])
def test_a_csv_of_too_many_cells_is_refused(monkeypatch, raw):
    monkeypatch.setattr("casebase.desk.imports.tables.table_reader.MAX_ROWS", 10)
    with pytest.raises(
        InvalidFileError, match="too many cells in this table; divide it"
    ):
        read_table(raw, "a.csv")

"""XLSX files, read by a library other than the one that wrote them."""

import io
from datetime import UTC, datetime

import openpyxl
import pytest

from casebase.files import xlsx as workbooks
from casebase.files.xlsx import GOES_ON, MOST_UNITS, workbook


def write_and_load(rows, columns=("text", "number")):
    def fill(book):
        table = book.table("Things", columns)
        for row in rows:
            table.add(row)

    file = io.BytesIO(b"".join(workbook(fill, "Some things")))
    return openpyxl.load_workbook(file)


def cells(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_a_sheet_has_a_heading_and_rows():
    book = write_and_load([["Weyhe", 2007], ["", None], ["Kehl", -3.4]])
    assert book.properties.title == "Some things"
    assert book.sheetnames == ["Things"]
    rows = cells(book["Things"])
    assert rows[0] == ["text", "number"]
    assert rows[1] == ["Weyhe", 2007]
    assert rows[2][1] is None
    assert rows[3] == ["Kehl", -3.4]


@pytest.mark.parametrize(
    "text",
    [
        *("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "{=1}", "https://a.example", "007"),
        *("two\nlines", " spaced ", "<r><t>&</t></r>", "<r>x</r>", "a & b < c", "#N/A"),
        *("\N{GRINNING FACE}", "x" * MOST_UNITS),
    ],
)
def test_texts_are_never_converted(text):
    cell = write_and_load([[text, 1]])["Things"]["A2"]
    assert cell.value == text
    assert cell.data_type == "s"
    assert cell.hyperlink is None


@pytest.mark.parametrize("text", ["\rx", "\x00x", "\ufffe", "_x0041_"])
def test_characters_that_xml_can_not_contain_do_not_break_the_file(text):
    sheet = write_and_load([[text, 1], ["next", 2]])["Things"]
    assert sheet["A3"].value == "next"


@pytest.mark.parametrize("sign", ["x", "\N{GRINNING FACE}"])
def test_a_text_too_long_for_a_cell_continues_in_another_sheet(sign):
    text = "".join(f"{n} {sign} " for n in range(15_000))
    book = write_and_load([["short", 1], [text, 2]])
    first = book["Things"]["A3"].value
    assert first.endswith(GOES_ON)
    heading, *rest = cells(book["Long texts"])
    assert heading == ["sheet", "cell", "part", "text"]
    places = [["Things", "A3", n + 2] for n in range(len(rest))]
    assert [row[:3] for row in rest] == places
    assert first.removesuffix(GOES_ON) + "".join(row[3] for row in rest) == text


def test_a_table_too_long_for_a_sheet_continues_in_the_next(monkeypatch):
    monkeypatch.setattr(workbooks, "MOST_ROWS", 3)
    book = write_and_load([["a", 1], ["b", 2], ["c", 3]])
    assert book.sheetnames == ["Things", "Things 2"]
    assert cells(book["Things 2"]) == [["text", "number"], ["c", 3]]


def test_an_error_leaves_no_temporary_file(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def fail(book):
        book.table("Things", ["text"]).add(["x"])
        raise ValueError("no more")

    with pytest.raises(ValueError, match="no more"):
        list(workbook(fail, "Things"))
    assert list(tmp_path.iterdir()) == []


def test_columns_fit_most_of_their_texts():
    rows = [["x" * 20, 1234567]] * 18 + [["x" * 50, None], ["a\nb", 7]]
    columns = write_and_load(rows)["Things"].column_dimensions
    assert [round(columns[name].width - 0.7) for name in "AB"] == [21, 9]


def test_long_texts_are_wrapped_in_columns_of_limited_width():
    sheet = write_and_load([["word " * 100, 1]] * 3)["Things"]
    assert round(sheet.column_dimensions["A"].width) == 61
    look = sheet["A2"].alignment
    assert (look.wrap_text, look.vertical) == (True, "top")
    assert sheet["B2"].alignment.vertical == "top"


def test_the_heading_is_frozen_and_filters_all_rows():
    sheet = write_and_load([["a", 1], ["b", 2]])["Things"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:B3"
    assert sheet.print_title_rows == "$1:$1"
    assert write_and_load([])["Things"].auto_filter.ref == "A1:B1"


def test_a_file_has_a_title_and_a_date():
    before = datetime.now(UTC).replace(microsecond=0, tzinfo=None)
    properties = write_and_load([]).properties
    assert (properties.title, properties.creator) == ("Some things", "Casebase")
    assert before <= properties.created <= datetime.now(UTC).replace(tzinfo=None)


def test_each_sheet_of_a_long_table_has_widths_and_a_filter(monkeypatch):
    monkeypatch.setattr(workbooks, "MOST_ROWS", 2)
    book = write_and_load([["x" * 30, 1], ["y" * 10, 2]])
    widths = [book[name].column_dimensions["A"].width for name in book.sheetnames]
    assert [round(width - 0.7) for width in widths] == [31, 11]
    assert [book[name].auto_filter.ref for name in book.sheetnames] == ["A1:B2"] * 2


def test_cells_can_have_the_text_format():
    def fill(book):
        book.table("Things", ["text", "empty"], number_format="@").add(["3-5", None])

    file = io.BytesIO(b"".join(workbook(fill, "Some things")))
    sheet = openpyxl.load_workbook(file)["Things"]
    assert sheet["A2"].number_format == "@"
    # Empty cells have the format of their column.
    assert sheet.column_dimensions["B"].number_format == "@"

"""CSV and XLSX files of works, read by other libraries."""

import csv
import io

import openpyxl
import pytest

from casebase.files.formats import FORMULA
from references.csl import Work
from references.formats import CSV, FORMATS, XLSX
from references.formats.spreadsheet import COLUMNS
from tests.references.formats.hard_works import HARD_WORKS
from tests.references.formats.work_strategies import FIXTURES


def read_csv_rows(works):
    text = b"".join(CSV.write(works)).decode("utf-8-sig")
    heading, *rows = csv.reader(io.StringIO(text, newline=""))
    assert heading == COLUMNS
    return [dict(zip(heading, row, strict=True)) for row in rows]


def read_xlsx_cells(works):
    book = openpyxl.load_workbook(io.BytesIO(b"".join(XLSX.write(works))))
    heading, *rows = book["Works"].iter_rows()
    names = [cell.value for cell in heading]
    return [dict(zip(names, row, strict=True)) for row in rows]


def test_each_work_is_a_row_with_all_its_texts():
    for work, row in zip(FIXTURES, read_csv_rows(FIXTURES), strict=True):
        item = work.to_csl()
        texts = [text for text in item.values() if isinstance(text, str)]
        cells = [cell.removeprefix("'") for cell in row.values()]
        assert set(texts) <= {*cells, *row.values()}
        people = "; ".join([row["authors"], row["editors"]])
        for name in work.author + work.editor:
            assert name.literal or name.family in people


def test_names_and_dates_are_written_in_a_cell():
    rows = {row["key"]: row for row in read_csv_rows(HARD_WORKS)}
    assert rows["everybody-2014"]["authors"].startswith(
        "van Eijk, C.; van der Wekken, R.; Van Ryzin, G. G.; d’Ormesson, Jean; "
    )
    kehl = rows["kehl-2009"]
    assert (kehl["year"], kehl["issued"], kehl["accessed"]) == (
        *("2009", "2009-07", "2019-03"),
    )


def test_no_cell_starts_a_formula():
    (row,) = [row for row in read_csv_rows(HARD_WORKS) if row["key"] == "formula-nd"]
    assert row["title"] == "'=HYPERLINK(1)"
    assert row["container_title"] == "'+1"
    cells = [cell for row in read_csv_rows(HARD_WORKS) for cell in row.values()]
    assert not [cell for cell in cells if FORMULA.match(cell) and cell[0] != "'"]


def test_xlsx_has_the_same_texts_as_csv():
    for before, row in zip(
        read_csv_rows(HARD_WORKS), read_xlsx_cells(HARD_WORKS), strict=True
    ):
        assert {cell.data_type for cell in row.values()} <= {"s", "n", "inlineStr"}
        texts = {name: str(cell.value or "") for name, cell in row.items()}
        assert texts == {name: cell.removeprefix("'") for name, cell in before.items()}


def test_long_texts_are_not_cut():
    note = "0123456789" * 5_000
    work = Work(key="a", type="book", title="A", note=note)
    book = openpyxl.load_workbook(io.BytesIO(b"".join(XLSX.write([work]))))
    assert note.startswith(book["Works"]["Y2"].value[:16_000])
    parts = [row[3].value for row in book["Long texts"].iter_rows(min_row=2)]
    assert note == "".join([note[:16_000], *parts])


@pytest.mark.parametrize("name", ["csv", "xlsx"])
def test_control_characters_are_removed(name):
    work = Work(key="a", type="book", title="A\x1fB")
    written = b"".join(FORMATS[name].write([work]))
    if name == "csv":
        assert b"AB" in written
    else:
        assert read_xlsx_cells([work])[0]["title"].value == "AB"

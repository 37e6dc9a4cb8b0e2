"""Workbooks that would take too much time or memory, and the largest allowed."""

import pytest

from casebase.desk.imports.tables import xlsx_parts as parts_of_workbooks
from casebase.desk.imports.tables import xlsx_reader
from casebase.desk.imports.tables.table_reader import MAX_COLUMNS, MAX_ROWS
from casebase.desk.imports.tables.xlsx_parts import Size
from casebase.desk.imports.tables.xlsx_reader import TOO_LARGE, read_workbook
from tests.imports.workbook_factory import (
    SHEET,
    SMALL,
    STRINGS,
    STYLES,
    part,
    refusal,
    relations,
    rows_of,
    sheet,
    workbook,
)

BOMBS = {
    "a row of empty cells": {SHEET: sheet(f"<row>{'<c/>' * 2_000}</row>")},
    "a cell of empty elements": {SHEET: sheet(f"<row><c>{'<a/>' * 2_000}</c></row>")},
    "runs of a text": {SHEET: sheet(f"<row><c><is>{'<r/>' * 2_000}</is></c></row>")},
    "empty rows": {SHEET: sheet("<row/>" * 2_000)},
    "what stands outside of rows": {SHEET: part("worksheet", "<col/>" * 2_000)},
    "nested without end": {SHEET: "<a>" * 60 + "</a>" * 60},
    "shared texts": {STRINGS: part("sst", "<si/>" * 2_000)},
    "styles": {STYLES: part("styleSheet", "<xf/>" * 2_000)},
    "styles that say they are a sheet": {STYLES: sheet("<row/>" * 2_000)},
    "sheets": {"xl/workbook.xml": part("workbook", "<x/>" * 2_000)},
    "relations": {"_rels/.rels": relations("<x/>" * 2_000)},
    "a long tag": {SHEET: sheet(f'<row a="{"x" * 400_000}"/>')},
    "many attributes": {
        SHEET: sheet(f"<row {' '.join(f'a{n}="1"' for n in range(40_000))}/>")
    },
    "a long comment": {SHEET: sheet(f"<!--{'x' * 400_000}-->")},
    "much of nothing": {SHEET: sheet(" " * 1_500_000)},
    "a long text": {SHEET: sheet(f"<row><c><v>{'x' * 1_500_000}</v></c></row>")},
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_left_before_it_is_unfolded(monkeypatch, bomb):
    monkeypatch.setattr(xlsx_reader, "MAX_ELEMENTS", 1_000)
    monkeypatch.setattr(xlsx_reader, "MAX_BYTES", 1_000_000)
    monkeypatch.setattr(xlsx_reader, "MAX_TAG_BYTES", 200_000)
    assert refusal(workbook(BOMBS[bomb])) == TOO_LARGE


SHARED = '<row><c t="s"><v>0</v></c></row>'


@pytest.mark.parametrize(
    "parts",
    [
        {SHEET: sheet(f"<row>{'<c/>' * 100_000}</row>")},
        {SHEET: sheet("<row/>" * 100_000)},
        {STRINGS: part("sst", "<si/>" * 100_000)},
        {SHEET: sheet(f"<row><c><v>{'&amp;' * 300_000}</v></c></row>")},
        {STRINGS: part("sst", f"<si><t>{'x' * 300_000}</t></si>")},
        {
            STRINGS: part("sst", f"<si><t>{'x' * 32_767}</t></si>"),
            SHEET: sheet(SHARED * 700),
        },
    ],
)
def test_a_small_file_holds_no_large_table(parts):
    raw = workbook(parts)
    assert len(raw) < 30_000
    assert refusal(raw, Size(rows=1_000, columns=9)) == TOO_LARGE


@pytest.mark.parametrize(
    ("parts", "n_signs"),
    [
        ({STRINGS: part("sst", "<si><t>abc</t></si>" * 4)}, 12),
        ({SHEET: sheet("<row><c><v>123</v></c></row>" * 4)}, 12),
        ({STRINGS: part("sst", "<si><t>abc</t></si>"), SHEET: sheet(SHARED * 4)}, 16),
    ],
)
def test_signs_of_all_cells_are_counted(monkeypatch, parts, n_signs):
    monkeypatch.setattr(parts_of_workbooks, "MAX_CHARACTERS", n_signs)
    assert list(read_workbook(workbook(parts), "a.xlsx", SMALL)) is not None
    monkeypatch.setattr(parts_of_workbooks, "MAX_CHARACTERS", n_signs - 1)
    assert refusal(workbook(parts)) == TOO_LARGE


def test_texts_of_many_signs_that_xml_has_other_names_for_are_one():
    cell = f'<c t="str"><v>{"&amp;&#10;" * 30_000}</v></c>'
    assert rows_of(f"<row>{cell}</row>") == [["&\n" * 30_000]]


def test_the_largest_table_is_read():
    """As Excel writes it: texts are shared, and empty cells have a format."""
    texts = [f"Statement {n} of the table, {n * n}" for n in range(20_000)]
    strings = part("sst", "".join(f"<si><t>{text}</t></si>" for text in texts))
    columns = [*"ABCDEFGHIJKLMNOPQRSTUVWXYZ", "AA", "AB", "AC", "AD"]
    rows = "".join(
        f'<row r="{n}" spans="1:30">'
        + "".join(
            f'<c r="{c}{n}" s="1" t="s"><v>{(n * place) % 20_000}</v></c>'
            if place % 3
            else f'<c r="{c}{n}" s="1"/>'
            for place, c in enumerate(columns)
        )
        + "</row>"
        for n in range(1, MAX_ROWS + 2)
    )
    raw = workbook({STRINGS: strings, SHEET: sheet(rows)})
    read = list(read_workbook(raw, "a.xlsx", Size(MAX_ROWS + 2, MAX_COLUMNS)))
    assert len(read) == MAX_ROWS + 1
    assert read[-1][29] == texts[(MAX_ROWS + 1) * 29 % 20_000]

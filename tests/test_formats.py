"""What all formats share: safe CSV, blocks of bytes, and file names."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebase.files.formats import (
    LONGEST_NAME,
    csv_pieces,
    escape_formula,
    file_name,
    in_blocks,
)

HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "\uff1d1"]


@pytest.mark.parametrize("text", [*HOSTILE, "'=1", "''=1"])
def test_a_text_that_looks_like_a_formula_gets_an_apostrophe(text):
    assert escape_formula(text) == f"'{text}"


@pytest.mark.parametrize("cell", ["", "a=b", "’t Veld", "'twas", "1-2", -3.4, 7, None])
def test_other_values_are_not_changed(cell):
    assert escape_formula(cell) is cell


def test_csv_has_a_byte_order_mark_and_round_trips():
    texts = ['She said "no", twice', "Zürich; Łódź", "two\nlines", "two\r\nlines", ""]
    file = b"".join(csv_pieces(["text", "number"], ([text, 1.5] for text in texts)))
    assert file.startswith(b"\xef\xbb\xbftext,number\r\n")
    table = csv.reader(io.StringIO(file.decode("utf-8-sig"), newline=""))
    assert list(table) == [["text", "number"], *([text, "1.5"] for text in texts)]


def test_csv_cells_never_start_a_formula():
    file = b"".join(csv_pieces(["text"], ([text] for text in HOSTILE)))
    rows = list(csv.reader(io.StringIO(file.decode("utf-8-sig"), newline="")))[1:]
    assert [row[0] for row in rows] == [f"'{text}" for text in HOSTILE]


def test_blocks_have_a_minimum_size_and_all_bytes():
    pieces = [bytes([65 + n]) * n for n in range(20)]
    blocks = list(in_blocks(pieces, size=50))
    assert b"".join(blocks) == b"".join(pieces)
    assert all(len(block) >= 50 for block in blocks[:-1])
    assert list(in_blocks([b"x" * 50], size=50)) == [b"x" * 50]
    assert list(in_blocks([])) == []


@given(st.lists(st.text(), max_size=4))
def test_file_names_have_only_safe_characters(words):
    name = file_name(words, "csv")
    assert set(name) <= {*"abcdefghijklmnopqrstuvwxyz0123456789-_."}
    assert name.count(".") == 1
    assert len(name) <= LONGEST_NAME

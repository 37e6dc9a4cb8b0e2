"""Two texts word by word: nothing is lost, and any two take their time and no more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebase.history.text_diff import MAX_PAIRS, Piece, split_changes

WORDS = st.lists(st.sampled_from(["a", "the", "cat", "sat", ".", " ", "\n", "ü"]))
TEXT = st.one_of(st.text(), WORDS.map("".join))


def text_of(found, kind):
    return "".join(piece.text for piece in found if piece.kind in ("same", kind))


@given(TEXT, TEXT)
def test_the_pieces_make_up_both_texts(before, after):
    found = split_changes(before, after)
    assert text_of(found, "removed") == before
    assert text_of(found, "added") == after
    assert all(piece.text for piece in found)


@given(TEXT)
def test_a_text_is_as_it_is(text):
    assert split_changes(text, text) == ([Piece("same", text)] if text else [])


@given(st.text())
def test_what_is_folded_is_the_middle_of_a_run(text):
    assert "".join(Piece("same", text * 50).parts) == text * 50


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            "Volunteers walk at night.",
            "Neighbours walk at night.",
            ["-Volunteers", "+Neighbours", " walk at night."],
        ),
        ("A cat sat.", "A cat sat down.", ["A cat sat", "+ down", "."]),
        # Next to nothing stays between two changes, which are easier to read as one.
        ("one of two", "three of four", ["-one of two", "+three of four"]),
        ("", "New.", ["+New."]),
        ("Old.", "", ["-Old."]),
    ],
)
def test_changes_are_told_in_words(before, after, expected):
    signs = {"same": "", "added": "+", "removed": "-"}
    found = [signs[piece.kind] + piece.text for piece in split_changes(before, after)]
    assert [text.removeprefix(" ") if text[0] != "+" else text for text in found] == [
        text.removeprefix(" ") for text in expected
    ]


def test_texts_that_are_too_long_to_compare_count_as_rewritten():
    n = int(MAX_PAIRS**0.5) + 1
    before, after = (" ".join(f"{name}{k}" for k in range(n)) for name in "ab")
    found = split_changes(
        f"Same start {before} same end", f"Same start {after} same end"
    )
    assert [piece.kind for piece in found] == ["same", "removed", "added", "same"]

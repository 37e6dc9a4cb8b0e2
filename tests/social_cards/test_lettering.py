"""Texts of social cards: never boxes, never beyond the margin."""

import pytest

from casebase.social_cards.lettering import (
    FACES,
    break_lines,
    legible,
    shorten,
    typeface,
)

WIDTH = 400
LONG = "A very long name of an initiative that nobody could keep in mind, " * 5


@pytest.fixture
def font():
    return typeface("serif", 30)


@pytest.mark.parametrize("style", FACES)
@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Zażółć gęślą jaźń, Whānau", "Zażółć gęślą jaźń, Whānau"),
        # Written with a combining mark.
        ("Mu\u0308nchen", "München"),
        ("Kahnawà:ke – “one”", "Kahnawà:ke – “one”"),
        ("two\n\n lines\u00a0and a\ttab", "two lines and a tab"),
        ("a\u202e reversed\u0000 \U0001f600 smile", "a reversed smile"),
        # Half a name is no name.
        ("Café 認知症", ""),
        ("مطبخ الجيران", ""),
        ("", ""),
    ],
)
def test_only_what_has_a_glyph_is_set(text, shown, style):
    assert legible(text, style) == shown


def test_names_are_set_in_the_letters_of_europe():
    for name in ("Άλλος Άνθρωπος", "Софія", "Thành phố Huế"):
        assert legible(name, "serif") == name


def test_a_letter_loses_marks_that_the_typeface_lacks():
    assert legible("ḁ", "serif") == "a"


def test_lines_are_balanced_and_no_word_is_lost(font):
    lines = break_lines(
        "one two three four five six seven eight nine ten", font, 400, 9
    )
    assert " ".join(lines) == "one two three four five six seven eight nine ten"
    lengths = [font.getlength(line) for line in lines]
    assert max(lengths) <= WIDTH
    assert min(lengths) > WIDTH / 2


@pytest.mark.parametrize("text", [LONG, "W" * 300, "W" * 300 + " " + LONG])
def test_too_long_a_text_ends_with_an_ellipsis(font, text):
    lines = break_lines(text, font, WIDTH, 3)
    assert len(lines) == 3
    assert max(map(font.getlength, lines)) <= WIDTH
    assert lines[-1].endswith("…")


def test_a_text_is_cut_after_a_word(font):
    assert shorten("A short one", font, WIDTH) == "A short one"
    width = font.getlength("It ends, an")
    assert shorten("It ends, and more", font, width) == "It ends…"

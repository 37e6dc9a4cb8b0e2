"""Texts of social cards: typefaces, what they have no letters for, and lines."""

import unicodedata
from functools import cache, lru_cache
from pathlib import Path

from PIL import ImageFont

FOLDER = Path(__file__).parent / "typefaces"
# Style → its file: the faces of pages with all their letters.
FACES = {
    "serif": "literata-400.woff2",
    "sans": "atkinson-hyperlegible-next-400.woff2",
    "sans-bold": "atkinson-hyperlegible-next-600.woff2",
}
ELLIPSIS = "…"
# Never a character, so every typeface draws its sign for what it lacks.
NO_CHARACTER = "\U0010ffff"
# Longer texts are cut before anything is measured.
MAX_CHARACTERS = 600


@cache
def typeface(style: str, size: int) -> ImageFont.FreeTypeFont:
    """Return the typeface in this style; ``size`` is in pixels."""
    return ImageFont.truetype(FOLDER / FACES[style], size)


def legible(text: str, style: str) -> str:
    """Return the text as the typeface can set it, on one line.

    Letters lose marks that it lacks, and its other signs are left out. If it lacks a
    letter itself, the text is empty: half a name is no name.
    """
    known = unicodedata.normalize("NFC", text[:MAX_CHARACTERS])
    nearest = [nearest_glyph(character, style) for character in known]
    pairs = zip(known, nearest, strict=True)
    if any(not glyph and character.isalpha() for character, glyph in pairs):
        return ""
    return " ".join("".join(nearest).split())


@lru_cache(maxsize=4096)
def nearest_glyph(character: str, style: str) -> str:
    """Return the character, the same without marks, a space, or nothing."""
    if character.isspace():
        return " "
    plain = unicodedata.normalize("NFD", character)[0]
    return next((each for each in (character, plain) if has_glyph(each, style)), "")


def has_glyph(character: str, style: str) -> bool:
    """Whether the typeface has a sign for the character, and does not draw a box."""
    is_shown = unicodedata.category(character)[0] not in "CM"
    return is_shown and picture(character, style) != picture(NO_CHARACTER, style)


@lru_cache(maxsize=4096)
def picture(character: str, style: str) -> tuple[tuple[int, int], bytes]:
    mask = typeface(style, 24).getmask(character)
    return mask.size, bytes(mask)


def break_lines(
    text: str, font: ImageFont.FreeTypeFont, width: int, most: int
) -> list[str]:
    """Return up to ``most`` lines of nearly equal length, none wider than ``width``.

    What does not fit is replaced by an ellipsis.
    """
    lines = fill_lines(text, font, width)
    if len(lines) > most:
        last = shorten(" ".join(lines[most - 1 :]), font, width)
        return [*lines[: most - 1], last]
    narrow, wide = width // 3, width
    while wide - narrow > 8:
        middle = (narrow + wide) // 2
        if len(fill_lines(text, font, middle)) > len(lines):
            narrow = middle
        else:
            wide = middle
    return fill_lines(text, font, wide)


def fill_lines(text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """Return lines that take as many words as fit; words too long are broken."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= width:
            lines[-1] = longer
            continue
        while font.getlength(word) > width:
            part = fitting(word, font, width)
            lines.append(part)
            word = word[len(part) :]
        lines.append(word)
    return lines


def fitting(text: str, font: ImageFont.FreeTypeFont, width: float) -> str:
    """Return the longest beginning of the text that fits, at least one character."""
    fits, over = 1, len(text) + 1
    while over - fits > 1:
        middle = (fits + over) // 2
        if font.getlength(text[:middle]) <= width:
            fits = middle
        else:
            over = middle
    return text[:fits]


def shorten(text: str, font: ImageFont.FreeTypeFont, width: int) -> str:
    """Return as many words as fit, with an ellipsis if some are left out."""
    if font.getlength(text) <= width:
        return text
    short = fitting(text, font, width - font.getlength(ELLIPSIS))
    words = short if text[len(short)] == " " else short.rpartition(" ")[0] or short
    return words.rstrip(" ,.;:–(") + ELLIPSIS

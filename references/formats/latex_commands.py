"""Readers of LaTeX macros whose arguments are more than text.

Each gets a cursor after the name of its macro, and returns whether it could read it.
"""

import re
from collections.abc import Callable
from functools import partial

from pylatexenc.latex2text import fmt_math_text_style

from references.formats.latex_cursor import LatexCursor, convert_script
from references.formats.latex_macros import (
    ARGUMENT_WRAPPERS,
    QUOTATION_MARKS,
    SKIPPED_ARGUMENTS,
)

LENGTH_VALUE = re.compile(
    r"\s*=?\s*-?[\d.,]*\s*(?:em|ex|pt|cm|mm|in|mu|bp|sp)?(?![a-z])\s*"
)
VERBATIM_TEXT = re.compile(r"([^\w\s])(.{0,1000}?)\1")
CHARACTER_CODE = re.compile(
    r"`\\?(.)|\"([0-9A-F]{1,4})|'([0-7]{1,5})|\{?(\d{1,5})\}?", re.S
)
SHORT_FRACTION = re.compile(r"(\w)\s*(\w)")
OPTIONAL_ARGUMENT = re.compile(r"\[[^\[\]{}]{0,200}\]")
# In chemical formulas: CO2, SO4^{2-}
IONIC_CHARGE = re.compile(r"\^\{?([\d+-]{1,9})\}?")
ATOM_COUNT = re.compile(r"(?<=[A-Za-z)\]])\d{1,9}")
ESCAPED_SIGN = re.compile(r"\\[^A-Za-z]")
BACKSLASH_ESCAPE = re.compile(r"\\(.)", re.DOTALL)


def skip_arguments(cursor: LatexCursor, name: str) -> bool:
    """Skip the arguments of the macro that aren't text."""
    start = cursor.position
    for _ in range(SKIPPED_ARGUMENTS[name]):
        if cursor.skip_group() is None:
            cursor.skip(ESCAPED_SIGN)
    return cursor.position > start


def begin_environment(cursor: LatexCursor, name: str) -> bool:
    """Skip the name of an environment; CJK, for Chinese, has two more arguments."""
    environment = cursor.skip_group()
    for _ in range(2 if environment in ("CJK", "CJK*") else 0):
        cursor.skip_group()
    return environment is not None


def wrap_argument(cursor: LatexCursor, name: str) -> bool:
    before, after = ARGUMENT_WRAPPERS[name]
    cursor.append_text(before)
    return cursor.read_argument(lambda _: cursor.append_text(after))


def quote_argument(cursor: LatexCursor, name: str) -> bool:
    """Put quotation marks around the argument; inside another quotation single ones."""
    before, after = QUOTATION_MARKS[cursor.quote_depth % 2]
    cursor.quote_depth += 1
    cursor.append_text(before)

    def end(start: int) -> None:
        cursor.quote_depth -= 1
        cursor.append_text(after)

    return cursor.read_argument(end)


def read_superscript(cursor: LatexCursor, name: str) -> bool:
    return cursor.read_argument(partial(cursor.apply_script, "^"))


def read_subscript(cursor: LatexCursor, name: str) -> bool:
    return cursor.read_argument(partial(cursor.apply_script, "_"))


def read_url(cursor: LatexCursor, name: str) -> bool:
    url = cursor.skip_group()
    cursor.append_text(BACKSLASH_ESCAPE.sub(r"\1", url or ""))
    return url is not None


def read_link(cursor: LatexCursor, name: str) -> bool:
    """Move to the text of the link, which is read next; without one, append the URL."""
    url, end = cursor.skip_group(), cursor.position
    has_group = cursor.has_group()
    start = cursor.position
    has_text = has_group and cursor.closing_braces[start] > start + 1
    cursor.position = start if has_group else end
    cursor.append_text("" if has_text else BACKSLASH_ESCAPE.sub(r"\1", url or ""))
    return url is not None


def read_verbatim(cursor: LatexCursor, name: str) -> bool:
    found = cursor.skip(VERBATIM_TEXT)
    cursor.append_text(found[2] if found else "")
    return found is not None


def read_fraction(cursor: LatexCursor, name: str) -> bool:
    if found := cursor.skip(SHORT_FRACTION):
        cursor.append_text(f"{found[1]}/{found[2]}")
        return True
    has_numerator = cursor.has_group()
    return has_numerator and cursor.read_argument(lambda _: cursor.append_text("/"))


def read_root(cursor: LatexCursor, name: str) -> bool:
    cursor.skip(OPTIONAL_ARGUMENT)
    is_long = cursor.closing_braces.get(cursor.position, 0) - cursor.position > 2
    cursor.append_text("√(" if is_long else "√")
    return cursor.read_argument(lambda _: cursor.append_text(")" if is_long else ""))


def read_character(cursor: LatexCursor, name: str) -> bool:
    if not (found := cursor.skip(CHARACTER_CODE)):
        return False
    char, *numbers = found.groups()
    bases = zip(numbers, (16, 8, 10), strict=True)
    codes = (chr(int(number, base)) for number, base in bases if number)
    text = char or next(codes)
    cursor.append_text(text if text.isprintable() else "")
    return True


def skip_length(cursor: LatexCursor, name: str) -> bool:
    cursor.skip(LENGTH_VALUE)
    return True


def read_chemical_formula(cursor: LatexCursor, name: str) -> bool:
    start = cursor.position
    formula = cursor.skip_group()
    if formula is None or "\\" in formula or "$" in formula:
        cursor.position = start
        return False
    raised = IONIC_CHARGE.sub(lambda found: convert_script("^", found[1]), formula)
    formula = ATOM_COUNT.sub(lambda found: convert_script("_", found[0]), raised)
    cursor.append_text(formula)
    return True


def read_overline(cursor: LatexCursor, name: str) -> bool:
    """Put a line over one character, as in 01̅; over words it is mere style."""

    def add_line(text: str) -> str:
        return f"{text}\N{COMBINING OVERLINE}" if len(text) == 1 else text

    return cursor.read_argument(lambda start: cursor.change_pieces(start, add_line))


def read_double_struck(cursor: LatexCursor, name: str) -> bool:
    """Use letters with double lines, as for the set of real numbers."""
    style = partial(fmt_math_text_style, style="doublestruck")
    return cursor.read_argument(lambda start: cursor.change_pieces(start, style))


COMMANDS: dict[str, Callable[[LatexCursor, str], bool]] = {
    **dict.fromkeys(SKIPPED_ARGUMENTS, skip_arguments),
    "begin": begin_environment,
    **dict.fromkeys(ARGUMENT_WRAPPERS, wrap_argument),
    **dict.fromkeys(("enquote", "mkbibquote", "textquote"), quote_argument),
    **dict.fromkeys(("textsuperscript", "mkbibsuperscript", "sp"), read_superscript),
    **dict.fromkeys(("textsubscript", "mkbibsubscript", "sb"), read_subscript),
    **dict.fromkeys(("url", "nolinkurl", "path", "doi"), read_url),
    "href": read_link,
    "verb": read_verbatim,
    **dict.fromkeys(("frac", "nicefrac", "tfrac", "dfrac", "sfrac"), read_fraction),
    "sqrt": read_root,
    **dict.fromkeys(("char", "symbol"), read_character),
    **dict.fromkeys(("kern", "hskip", "vskip", "raise", "lower"), skip_length),
    "ce": read_chemical_formula,
    "overline": read_overline,
    "mathbb": read_double_struck,
}

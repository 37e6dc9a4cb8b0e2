"""Macros of LaTeX with arguments that are more than style.

Each reads one at a cursor that stands behind its name, and gives whether it could.
"""

import re
from collections.abc import Callable
from functools import partial

from pylatexenc.latex2text import fmt_math_text_style

from references.formats.latex_cursor import Cursor, script
from references.formats.latex_macros import DROPPED, QUOTES, WRAPPED

LENGTH = re.compile(r"\s*=?\s*-?[\d.,]*\s*(?:em|ex|pt|cm|mm|in|mu|bp|sp)?(?![a-z])\s*")
VERBATIM = re.compile(r"([^\w\s])(.{0,1000}?)\1")
CHARACTER = re.compile(r"`\\?(.)|\"([0-9A-F]{1,4})|'([0-7]{1,5})|\{?(\d{1,5})\}?", re.S)
FRACTION = re.compile(r"(\w)\s*(\w)")
BRACKETS = re.compile(r"\[[^\[\]{}]{0,200}\]")
# In formulas of chemistry: CO2, SO4^{2-}
CHARGE = re.compile(r"\^\{?([\d+-]{1,9})\}?")
COUNT = re.compile(r"(?<=[A-Za-z)\]])\d{1,9}")
SIGN = re.compile(r"\\[^A-Za-z]")
ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def drop(cursor: Cursor, name: str) -> bool:
    """Go over as many groups, or escaped signs, as are no words."""
    start = cursor.at
    for _ in range(DROPPED[name]):
        if cursor.skip_group() is None:
            cursor.skip(SIGN)
    return cursor.at > start


def begin(cursor: Cursor, name: str) -> bool:
    """Go over the name of an environment; that of Chinese signs has two more words."""
    environment = cursor.skip_group()
    for _ in range(2 if environment in ("CJK", "CJK*") else 0):
        cursor.skip_group()
    return environment is not None


def wrap(cursor: Cursor, name: str) -> bool:
    before, after = WRAPPED[name]
    cursor.put(before)
    return cursor.read_argument(lambda _: cursor.put(after))


def quote(cursor: Cursor, name: str) -> bool:
    """Quotations in quotations have single marks."""
    before, after = QUOTES[cursor.n_quotes % 2]
    cursor.n_quotes += 1
    cursor.put(before)

    def end(start: int) -> None:
        cursor.n_quotes -= 1
        cursor.put(after)

    return cursor.read_argument(end)


def raise_script(cursor: Cursor, name: str) -> bool:
    return cursor.read_argument(partial(cursor.put_script, "^"))


def lower_script(cursor: Cursor, name: str) -> bool:
    return cursor.read_argument(partial(cursor.put_script, "_"))


def keep_address(cursor: Cursor, name: str) -> bool:
    address = cursor.skip_group()
    cursor.put(ESCAPED.sub(r"\1", address or ""))
    return address is not None


def link(cursor: Cursor, name: str) -> bool:
    """Its words; without any, the address."""
    address, end = cursor.skip_group(), cursor.at
    has_words = cursor.has_group() and cursor.closing[cursor.at] > cursor.at + 1
    cursor.at = cursor.at if cursor.at in cursor.closing else end
    cursor.put("" if has_words else ESCAPED.sub(r"\1", address or ""))
    return address is not None


def keep_verbatim(cursor: Cursor, name: str) -> bool:
    found = cursor.skip(VERBATIM)
    cursor.put(found[2] if found else "")
    return found is not None


def divide(cursor: Cursor, name: str) -> bool:
    if found := cursor.skip(FRACTION):
        cursor.put(f"{found[1]}/{found[2]}")
        return True
    return cursor.has_group() and cursor.read_argument(lambda _: cursor.put("/"))


def root(cursor: Cursor, name: str) -> bool:
    cursor.skip(BRACKETS)
    is_long = cursor.closing.get(cursor.at, 0) - cursor.at > 2
    cursor.put("√(" if is_long else "√")
    return cursor.read_argument(lambda _: cursor.put(")" if is_long else ""))


def name_character(cursor: Cursor, name: str) -> bool:
    if not (found := cursor.skip(CHARACTER)):
        return False
    sign, *numbers = found.groups()
    bases = zip(numbers, (16, 8, 10), strict=True)
    codes = (chr(int(number, base)) for number, base in bases if number)
    text = sign or next(codes)
    cursor.put(text if text.isprintable() else "")
    return True


def pass_length(cursor: Cursor, name: str) -> bool:
    cursor.skip(LENGTH)
    return True


def chemistry(cursor: Cursor, name: str) -> bool:
    start = cursor.at
    formula = cursor.skip_group()
    if formula is None or "\\" in formula or "$" in formula:
        cursor.at = start
        return False
    raised = CHARGE.sub(lambda found: script("^", found[1]), formula)
    cursor.put(COUNT.sub(lambda found: script("_", found[0]), raised))
    return True


def overline(cursor: Cursor, name: str) -> bool:
    """Over one letter, as in 01̅; over words it is style."""

    def lined(text: str) -> str:
        return f"{text}\N{COMBINING OVERLINE}" if len(text) == 1 else text

    return cursor.read_argument(lambda start: cursor.change(start, lined))


def double(cursor: Cursor, name: str) -> bool:
    """Double lines, as of the names of sets of numbers."""
    style = partial(fmt_math_text_style, style="doublestruck")
    return cursor.read_argument(lambda start: cursor.change(start, style))


COMMANDS: dict[str, Callable[[Cursor, str], bool]] = {
    **dict.fromkeys(DROPPED, drop),
    "begin": begin,
    **dict.fromkeys(WRAPPED, wrap),
    **dict.fromkeys(("enquote", "mkbibquote", "textquote"), quote),
    **dict.fromkeys(("textsuperscript", "mkbibsuperscript", "sp"), raise_script),
    **dict.fromkeys(("textsubscript", "mkbibsubscript", "sb"), lower_script),
    **dict.fromkeys(("url", "nolinkurl", "path", "doi"), keep_address),
    "href": link,
    "verb": keep_verbatim,
    **dict.fromkeys(("frac", "nicefrac", "tfrac", "dfrac", "sfrac"), divide),
    "sqrt": root,
    **dict.fromkeys(("char", "symbol"), name_character),
    **dict.fromkeys(("kern", "hskip", "vskip", "raise", "lower"), pass_length),
    "ce": chemistry,
    "overline": overline,
    "mathbb": double,
}

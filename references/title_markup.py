"""Titles with the marks that CSL-JSON has in them.

“The <i>E. coli</i> case”: <i>, <b>, <sup>, <sub> and small capitals, nothing else. What
is no mark stays as it is; nothing is escaped.
https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html
"""

import re
from collections.abc import Iterable, Iterator
from html import escape

SCRIPTS = {
    "^": dict(zip("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ", strict=True)),
    "_": dict(zip("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True)),
}
SIGNS = {"sub": SCRIPTS["_"], "sup": SCRIPTS["^"]}
SCRIPT_ELEMENT = re.compile(r"<(su[bp])>([^<>]{1,40})</\1>")
SMALL_CAPITALS = '<span style="font-variant:small-caps;">'
# Name of a mark → how it opens.
OPENINGS = {name: f"<{name}>" for name in ("i", "b", "sup", "sub")}
OPENINGS |= {"span": SMALL_CAPITALS}
ENDS = {name: f"</{name}>" for name in OPENINGS}
MARK = re.compile(
    r'<(?P<opens>i|b|su[bp]|span(?= ))(?: style="font-variant: ?small-caps;?")?>'
    r"|</(?P<ends>i|b|su[bp]|span)>"
)
WHITE_SPACE = re.compile(r"[ \t\n\r\f\v]+")

# The name of a mark that begins, with a slash of one that ends, or none; and words.
type Part = tuple[str, str]


def split_markup(text: str) -> list[Part]:
    """Words and marks in their order: ("i", ""), ("", "E. coli"), ("/i", "").

    Marks come in pairs with words between; what else looks like one is a word.
    """
    parts: list[Part] = []
    opened: list[tuple[str, int, int]] = []
    at = n_letters = 0
    for found in MARK.finditer(text):
        words = text[at : found.start()]
        parts += [("", words), ("", found[0])]
        at, n_letters = found.end(), n_letters + len(words.strip())
        if name := found["opens"]:
            opened.append((name, len(parts) - 1, n_letters))
        elif opened and opened[-1][0] == (name := found["ends"]):
            _, opening, n_before = opened.pop()
            has_words = n_letters > n_before
            parts[opening] = (name if has_words else "", "")
            parts[-1] = (f"/{name}" if has_words else "", "")
    return [part for part in [*parts, ("", text[at:])] if any(part)]


def join_markup(parts: Iterable[Part]) -> str:
    """The text of its parts again, each mark in its one spelling."""
    marks = OPENINGS | {f"/{name}": end for name, end in ENDS.items()}
    return "".join(words or marks[mark] for mark, words in parts)


def normalize_markup(text: str) -> str:
    """In normal form: “CO₂ and <i>x</i>” of “CO<sub>2</sub>  and <i>x</i><b></b>”.

    A text without marks stays as it is.
    """
    if not MARK.search(text):
        return text
    made = join_markup(split_markup(SCRIPT_ELEMENT.sub(replace_script, text)))
    return text if made == text else collapse_white_space(made)


def strip_markup(text: str) -> str:
    """The words alone."""
    words = "".join(words for _, words in split_markup(text))
    return text if words == text else collapse_white_space(words)


def collapse_white_space(text: str) -> str:
    return WHITE_SPACE.sub(" ", text).strip(" ")


def replace_script(found: re.Match[str]) -> str:
    """Low or high signs of a text that has such; other texts keep their marks."""
    signs = SIGNS[found[1]]
    is_known = all(sign in signs for sign in found[2])
    return "".join(map(signs.__getitem__, found[2])) if is_known else found[0]


def markup_to_html(text: str) -> str:
    """Safe for pages: all but the marks is escaped. Small capitals become a class."""
    parts = ((mark, escape(words)) for mark, words in split_markup(text))
    return join_markup(parts).replace(SMALL_CAPITALS, '<span class="smallcaps">')


def words_with_marks(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each run of words with the names of the marks around it, the outermost first."""
    around: list[str] = []
    for mark, words in split_markup(text):
        if mark.startswith("/"):
            around.pop()
        elif mark:
            around.append(mark)
        else:
            yield words, tuple(around)

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
SCRIPT = re.compile(r"<(su[bp])>([^<>]{1,40})</\1>")
SMALL_CAPITALS = '<span style="font-variant:small-caps;">'
# Name of a mark → how it opens.
OPENINGS = {name: f"<{name}>" for name in ("i", "b", "sup", "sub")}
OPENINGS |= {"span": SMALL_CAPITALS}
ENDS = {name: f"</{name}>" for name in OPENINGS}
MARK = re.compile(
    r'<(?P<opens>i|b|su[bp]|span(?= ))(?: style="font-variant: ?small-caps;?")?>'
    r"|</(?P<ends>i|b|su[bp]|span)>"
)
WHITE = re.compile(r"[ \t\n\r\f\v]+")

# The name of a mark that begins, with a slash of one that ends, or none; and words.
type Part = tuple[str, str]


def parts_of(text: str) -> list[Part]:
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


def written(parts: Iterable[Part]) -> str:
    """The text of its parts again, each mark in its one spelling."""
    marks = OPENINGS | {f"/{name}": end for name, end in ENDS.items()}
    return "".join(words or marks[mark] for mark, words in parts)


def marked(text: str) -> str:
    """In normal form: “CO₂ and <i>x</i>” of “CO<sub>2</sub>  and <i>x</i><b></b>”.

    A text without marks stays as it is.
    """
    if not MARK.search(text):
        return text
    made = written(parts_of(SCRIPT.sub(script, text)))
    return text if made == text else one_line(made)


def unmarked(text: str) -> str:
    """The words alone."""
    words = "".join(words for _, words in parts_of(text))
    return text if words == text else one_line(words)


def one_line(text: str) -> str:
    return WHITE.sub(" ", text).strip(" ")


def script(found: re.Match[str]) -> str:
    """Low or high signs of a text that has such; other texts keep their marks."""
    signs = SIGNS[found[1]]
    is_known = all(sign in signs for sign in found[2])
    return "".join(map(signs.__getitem__, found[2])) if is_known else found[0]


def as_html(text: str) -> str:
    """Safe for pages: all but the marks is escaped. Small capitals become a class."""
    parts = ((mark, escape(words)) for mark, words in parts_of(text))
    return written(parts).replace(SMALL_CAPITALS, '<span class="smallcaps">')


def words_with_marks(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each run of words with the names of the marks around it, the outermost first."""
    around: list[str] = []
    for mark, words in parts_of(text):
        if mark.startswith("/"):
            around.pop()
        elif mark:
            around.append(mark)
        else:
            yield words, tuple(around)

"""Markup in titles, as in CSL-JSON: “The <i>E. coli</i> case”.

The tags are <i>, <b>, <sup>, <sub> and a span of small capitals. Everything else is
text, and nothing is escaped.
https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html
"""

import re
from collections.abc import Iterable, Iterator
from html import escape

# “^” and “_” are the commands of LaTeX.
SCRIPTS = {
    "^": dict(zip("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ", strict=True)),
    "_": dict(zip("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True)),
}
SCRIPTS_BY_TAG = {"sub": SCRIPTS["_"], "sup": SCRIPTS["^"]}
SCRIPT_ELEMENT = re.compile(r"<(su[bp])>([^<>]{1,40})</\1>")
SMALL_CAPITALS = '<span style="font-variant:small-caps;">'
# Name of a tag → its opening and its closing tag.
OPENINGS = {name: f"<{name}>" for name in ("i", "b", "sup", "sub")}
OPENINGS |= {"span": SMALL_CAPITALS}
ENDS = {name: f"</{name}>" for name in OPENINGS}
TAG = re.compile(
    r'<(?P<opens>i|b|su[bp]|span(?= ))(?: style="font-variant: ?small-caps;?")?>'
    r"|</(?P<ends>i|b|su[bp]|span)>"
)
WHITE_SPACE = re.compile(r"[ \t\n\r\f\v]+")

# A tag (“i”, “/i”) without text, or text without a tag.
type MarkupPart = tuple[str, str]


def split_markup(text: str) -> list[MarkupPart]:
    """Return tags and text in order: ("i", ""), ("", "E. coli"), ("/i", "").

    Tags come in pairs with text between them; any other tag is treated as text.
    """
    parts: list[MarkupPart] = []
    unclosed: list[tuple[str, int, int]] = []
    end = n_letters = 0
    for match in TAG.finditer(text):
        words = text[end : match.start()]
        parts += [("", words), ("", match[0])]
        end, n_letters = match.end(), n_letters + len(words.strip())
        if name := match["opens"]:
            unclosed.append((name, len(parts) - 1, n_letters))
        elif unclosed and unclosed[-1][0] == (name := match["ends"]):
            _, opening, n_before = unclosed.pop()
            has_words = n_letters > n_before
            parts[opening] = (name if has_words else "", "")
            parts[-1] = (f"/{name}" if has_words else "", "")
    return [part for part in [*parts, ("", text[end:])] if any(part)]


def join_markup(parts: Iterable[MarkupPart]) -> str:
    """Return the parts as one text, with each tag in its standard spelling."""
    tags = OPENINGS | {f"/{name}": end for name, end in ENDS.items()}
    return "".join(words or tags[tag] for tag, words in parts)


def normalize_markup(text: str) -> str:
    """Return the normal form of a title with tags; one without tags is unchanged.

    “CO<sub>2</sub>  and <i>x</i><b></b>” becomes “CO₂ and <i>x</i>”.
    """
    if not TAG.search(text):
        return text
    normal = join_markup(split_markup(SCRIPT_ELEMENT.sub(replace_script, text)))
    return text if normal == text else collapse_white_space(normal)


def strip_markup(text: str) -> str:
    """Return the text without tags."""
    words = "".join(words for _, words in split_markup(text))
    return text if words == text else collapse_white_space(words)


def collapse_white_space(text: str) -> str:
    return WHITE_SPACE.sub(" ", text).strip(" ")


def replace_script(match: re.Match[str]) -> str:
    """Return subscript or superscript characters, or the element if one is missing."""
    characters = SCRIPTS_BY_TAG[match[1]]
    is_known = all(character in characters for character in match[2])
    return "".join(map(characters.__getitem__, match[2])) if is_known else match[0]


def markup_to_html(text: str) -> str:
    """Return HTML with escaped text. Small capitals get a class instead of a style."""
    parts = ((tag, escape(words)) for tag, words in split_markup(text))
    return join_markup(parts).replace(SMALL_CAPITALS, '<span class="smallcaps">')


def words_with_marks(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each run of text with the names of the tags around it, outermost first."""
    around: list[str] = []
    for tag, words in split_markup(text):
        if tag.startswith("/"):
            around.pop()
        elif tag:
            around.append(tag)
        else:
            yield words, tuple(around)

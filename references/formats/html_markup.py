"""Texts that came with signs of HTML: entities, and marks of HTML, JATS and MathML."""

import html
import re

from references.title_markup import (
    ENDS,
    OPENINGS,
    marked,
    one_line,
    parts_of,
    unmarked,
    written,
)
from references.title_markup import MARK as CSL_MARK

# With its semicolon: “R&D” has none, and “&copy=1” is no sign of copyright.
ENTITY = re.compile(
    r"&(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", re.IGNORECASE
)
# Only marks that are known: “List<String>” and “p < 0.05” have none.
PARTS = r"br|p|div|li|ul|ol|jats:(?:p|title|sec|list|list-item)"
NAMES = (
    r"i|b|u|s|em|strong|sub|sup|small|big|span|font|a|tt|code|sc|scp|strike|nobr|wbr"
    r"|(?:jats|mml):[a-z-]+|math|m(?:row|i|n|o|text|sub|sup|subsup|frac|sqrt|style|space)"
)
ATTRIBUTES = r"""(?:\s+[a-z:-]+=(?:"[^"<>]*"|'[^'<>]*'|[^\s<>"']+)){0,9}\s*/?>"""
PART = re.compile(rf"</?(?:{PARTS}){ATTRIBUTES}", re.IGNORECASE)
MARK = re.compile(rf"</?(?:{NAMES}){ATTRIBUTES}", re.IGNORECASE)
# In the place of a “<” that was an entity; no text has this one.
ESCAPED = "\ufdd0"
ESCAPED_MARK = re.compile(
    rf"{ESCAPED}(?P<ends>/?)(?P<name>{NAMES}|{PARTS}){ATTRIBUTES}", re.IGNORECASE
)

# What others call the marks that CSL has.
CALLED = {
    **{"i": "i", "em": "i", "jats:italic": "i", "b": "b", "strong": "b"},
    **{"jats:bold": "b", "sub": "sub", "jats:sub": "sub", "sup": "sup"},
    **{"jats:sup": "sup", "sc": "span", "scp": "span", "jats:sc": "span"},
}
NAME = re.compile(r"</?([a-z:-]+)", re.IGNORECASE)


def plain(text: str) -> str:
    """“CO₂ & <x>” of “CO<sub>2</sub> &amp;amp; <i>&lt;x></i>”: signs, and no marks.

    Digits set low or high stay so.
    """
    return unmarked(cleaned(text))


def cleaned(text: str) -> str:
    """The text with CSL's marks only, in pairs: see references/title_markup.py."""
    # Twice, for some publishers send “&amp;amp;”.
    for _ in range(2):
        text = ENTITY.sub(as_sign, text)
    text = with_pairs(text) if ESCAPED in text else text
    if "<" not in text:
        return text.replace(ESCAPED, "<")
    found = MARK.sub(as_in_csl, PART.sub(" ", text))
    parts = ((mark, CSL_MARK.sub("", words)) for mark, words in parts_of(marked(found)))
    bare = written(part for part in parts if any(part))
    # A mark that is all there is, as “<A>”, is a word.
    is_kept = bare == text or MARK.fullmatch(text)
    return (text if is_kept else one_line(bare)).replace(ESCAPED, "<")


def as_sign(found: re.Match[str]) -> str:
    """What an entity stands for. A “<” of one begins a mark only in a pair."""
    return html.unescape(found[0]).replace("<", ESCAPED)


def with_pairs(text: str) -> str:
    """Escaped marks as marks where they are in pairs, with words between.

    “&lt;i&gt;E. coli&lt;/i&gt;” came from HTML; a single “&lt;b&gt;” is a word.
    """
    pieces, opened, begun = [], list[tuple[str, int]](), 0
    for found in ESCAPED_MARK.finditer(text):
        pieces += [text[begun : found.start()], found[0]]
        begun, name = found.end(), found["name"].lower()
        if not found["ends"]:
            opened.append((name, len(pieces) - 1))
        elif opened and opened[-1][0] == name:
            for at in (opened.pop()[1], len(pieces) - 1):
                pieces[at] = f"<{pieces[at][1:]}"
    return "".join([*pieces, text[begun:]])


def as_in_csl(found: re.Match[str]) -> str:
    """The mark of CSL in the place of one of HTML or JATS, or nothing."""
    name = NAME.match(found[0])
    called = name[1].lower() if name else ""
    if called == "span":
        kept = found[0].startswith("</") or "small-caps" in found[0]
        mark = "span" if kept else ""
    else:
        mark = CALLED.get(called, "")
    return (ENDS if found[0].startswith("</") else OPENINGS).get(mark, "")

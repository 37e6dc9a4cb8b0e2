"""Cleans texts of HTML entities, and of the tags of HTML, JATS and MathML."""

import html
import re

from references.title_markup import (
    ENDS,
    OPENINGS,
    collapse_white_space,
    join_markup,
    normalize_markup,
    split_markup,
    strip_markup,
)
from references.title_markup import TAG as CSL_TAG

# The semicolon is required: “R&D” has no entity, and “&copy=1” no copyright sign.
ENTITY = re.compile(
    r"&(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", re.IGNORECASE
)
# Only known elements are tags: “List<String>” and “p < 0.05” have none.
BLOCK_ELEMENTS = r"br|p|div|li|ul|ol|jats:(?:p|title|sec|list|list-item)"
INLINE_ELEMENTS = (
    r"i|b|u|s|em|strong|sub|sup|small|big|span|font|a|tt|code|sc|scp|strike|nobr|wbr"
    r"|(?:jats|mml):[a-z-]+|math|m(?:row|i|n|o|text|sub|sup|subsup|frac|sqrt|style|space)"
)
ATTRIBUTES_AND_END = (
    r"""(?:\s+[a-z:-]+=(?:"[^"<>]*"|'[^'<>]*'|[^\s<>"']+)){0,9}\s*/?>"""
)
BLOCK_TAG = re.compile(rf"</?(?:{BLOCK_ELEMENTS}){ATTRIBUTES_AND_END}", re.IGNORECASE)
INLINE_TAG = re.compile(rf"</?(?:{INLINE_ELEMENTS}){ATTRIBUTES_AND_END}", re.IGNORECASE)
# Replaces a “<” that was an entity. No text has this noncharacter.
ESCAPED_LESS_THAN = "\ufdd0"
ESCAPED_TAG = re.compile(
    rf"{ESCAPED_LESS_THAN}(?P<ends>/?)(?P<name>{INLINE_ELEMENTS}|{BLOCK_ELEMENTS})"
    rf"{ATTRIBUTES_AND_END}",
    re.IGNORECASE,
)

# The mark of CSL for each element that has one.
CSL_MARKS = {
    **{"i": "i", "em": "i", "jats:italic": "i", "b": "b", "strong": "b"},
    **{"jats:bold": "b", "sub": "sub", "jats:sub": "sub", "sup": "sup"},
    **{"jats:sup": "sup", "sc": "span", "scp": "span", "jats:sc": "span"},
}
TAG_NAME = re.compile(r"</?([a-z:-]+)", re.IGNORECASE)


def strip_html(text: str) -> str:
    """Return “CO₂ & <x>” of “CO<sub>2</sub> &amp;amp; <i>&lt;x></i>”.

    Entities are replaced and tags removed; raised and lowered digits stay so.
    """
    return strip_markup(convert_to_csl_markup(text))


def convert_to_csl_markup(text: str) -> str:
    """Return the text with no markup but pairs of CSL's marks.

    See references/title_markup.py.
    """
    # Twice, because some publishers send “&amp;amp;”.
    for _ in range(2):
        text = ENTITY.sub(unescape_entity, text)
    text = restore_paired_tags(text) if ESCAPED_LESS_THAN in text else text
    if "<" not in text:
        return text.replace(ESCAPED_LESS_THAN, "<")
    converted = normalize_markup(INLINE_TAG.sub(convert_tag, BLOCK_TAG.sub(" ", text)))
    parts = ((mark, CSL_TAG.sub("", words)) for mark, words in split_markup(converted))
    cleaned = join_markup(part for part in parts if any(part))
    is_unchanged = cleaned == text or has_only_unpaired_tags(text)
    result = text if is_unchanged else collapse_white_space(cleaned)
    return result.replace(ESCAPED_LESS_THAN, "<")


def has_only_unpaired_tags(text: str) -> bool:
    """Whether the text has only tags without a partner: “<A>” is a word then."""
    names = {
        end: {name.lower() for name in re.findall(rf"<{end}([a-z:-]+)", text, re.I)}
        for end in ("", "/")
    }
    return not INLINE_TAG.sub("", text).strip() and names[""].isdisjoint(names["/"])


def unescape_entity(found: re.Match[str]) -> str:
    """Return the characters of an entity. “<” is marked, as it may not start a tag."""
    return html.unescape(found[0]).replace("<", ESCAPED_LESS_THAN)


def restore_paired_tags(text: str) -> str:
    """Turn escaped tags into tags if they are in pairs.

    “&lt;i&gt;E. coli&lt;/i&gt;” was HTML; a single “&lt;b&gt;” is a word.
    """
    pieces, opened, start = [], list[tuple[str, int]](), 0
    for found in ESCAPED_TAG.finditer(text):
        pieces += [text[start : found.start()], found[0]]
        start, name = found.end(), found["name"].lower()
        if not found["ends"]:
            opened.append((name, len(pieces) - 1))
        elif opened and opened[-1][0] == name:
            for at in (opened.pop()[1], len(pieces) - 1):
                pieces[at] = f"<{pieces[at][1:]}"
    return "".join([*pieces, text[start:]])


def convert_tag(found: re.Match[str]) -> str:
    """Return the mark of CSL for a tag of HTML or JATS; empty if it has none."""
    match = TAG_NAME.match(found[0])
    name = match[1].lower() if match else ""
    is_end = found[0].startswith("</")
    if name == "span":
        mark = "span" if is_end or "small-caps" in found[0] else ""
    else:
        mark = CSL_MARKS.get(name, "")
    return (ENDS if is_end else OPENINGS).get(mark, "")

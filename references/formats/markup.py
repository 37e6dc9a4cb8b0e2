"""Texts that came with signs of HTML: entities, and marks of HTML, JATS and MathML."""

import html
import re

from references.formats.latex_macros import SCRIPTS

# With its semicolon: “R&D” has none, and “&copy=1” is no sign of copyright.
ENTITY = re.compile(
    r"&(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", re.IGNORECASE
)
SCRIPT = re.compile(r"<(?:jats:)?(su[bp])>([^<>]{0,40})</(?:jats:)?\1>", re.IGNORECASE)
SIGNS = {"sub": SCRIPTS["_"], "sup": SCRIPTS["^"]}
# Only marks that are known: “List<String>” and “p < 0.05” have none.
PARTS = r"br|p|div|li|ul|ol|jats:(?:p|title|sec|list|list-item)"
NAMES = (
    r"i|b|u|s|em|strong|sub|sup|small|big|span|font|a|tt|code|sc|scp|strike|nobr|wbr"
    r"|(?:jats|mml):[a-z-]+|math|m(?:row|i|n|o|text|sub|sup|subsup|frac|sqrt|style|space)"
)
ATTRIBUTES = r"""(?:\s+[a-z:-]+=(?:"[^"<>]*"|'[^'<>]*'|[^\s<>"']+)){0,9}\s*/?>"""
PART = re.compile(rf"</?(?:{PARTS}){ATTRIBUTES}", re.IGNORECASE)
MARK = re.compile(rf"</?(?:{NAMES}){ATTRIBUTES}", re.IGNORECASE)


def plain(text: str) -> str:
    """“CO₂ & <x>” of “CO<sub>2</sub> &amp;amp; <i>&lt;x></i>”: signs, and no marks.

    Digits set low or high stay so.
    """
    # Twice, for some publishers send “&amp;amp;”.
    for _ in range(2):
        text = ENTITY.sub(lambda found: html.unescape(found[0]), text)
    if "<" not in text:
        return text
    bare = PART.sub(" ", SCRIPT.sub(script, text))
    bare = MARK.sub("", bare)
    return text if bare == text else " ".join(bare.split())


def script(found: re.Match[str]) -> str:
    signs = SIGNS[found[1].lower()]
    return "".join(signs.get(sign, sign) for sign in found[2])

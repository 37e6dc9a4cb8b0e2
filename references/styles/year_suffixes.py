"""Reads the letters of years from a list that was set with them and without."""

import re
from itertools import takewhile

from references.styles.entry_html import Entry

# “2012a”, “n.d.-a”.
SUFFIX = re.compile(r"\W*([a-z]+)")


def added_suffixes(plain: list[Entry], lettered: list[Entry]) -> dict[str, str]:
    """By key. Where texts are the same in both lists, the work has no letter."""
    before = {entry.key: entry.text for entry in plain}
    pairs = {entry.key: (before[entry.key], entry.text) for entry in lettered}
    found = {key: added_suffix(*texts) for key, texts in pairs.items()}
    return {key: letter for key, letter in found.items() if letter}


def added_suffix(plain: str, lettered: str) -> str:
    pairs = zip(plain, lettered, strict=False)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    match = SUFFIX.match(lettered, same)
    return match[1] if match else ""

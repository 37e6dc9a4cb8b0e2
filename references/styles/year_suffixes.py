"""The year suffixes of a list, found by comparing it with the list without them."""

import re
from itertools import takewhile

from references.styles.entry_html import Entry

# “2012a”, “n.d.-a”.
SUFFIX = re.compile(r"\W*([a-z]+)")


def added_suffixes(plain: list[Entry], suffixed: list[Entry]) -> dict[str, str]:
    """Return the suffixes by key, for the entries whose texts differ."""
    plain_texts = {entry.key: entry.text for entry in plain}
    suffixes = {
        entry.key: added_suffix(plain_texts[entry.key], entry.text)
        for entry in suffixed
    }
    return {key: suffix for key, suffix in suffixes.items() if suffix}


def added_suffix(plain: str, suffixed: str) -> str:
    """Return “b” for “A. (2012). B” and “A. (2012b). B”; empty if they are the same."""
    pairs = zip(plain, suffixed, strict=False)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    match = SUFFIX.match(suffixed, same)
    return match[1] if match else ""

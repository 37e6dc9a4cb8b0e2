"""Names marked so that pandoc files them word by word: Garcia, Z. before Garcia Lopez.

pandoc compares names letter by letter, as if they had no spaces, and so files “Garcia
Lopez, A.” before “Garcia, Z.”. Every list of names that is printed has them the other
way round: “nothing before something” (ISO 7154, NISO TR03, APA 9.44). Two signs that
Unicode sorts below all letters, and that no name has, stand for the space within a name
and, lower still, for its end. An apostrophe, which does not count, is one that Unicode
passes over. They are taken out of what pandoc sets.
https://www.unicode.org/reports/tr10/

“Garcia, Z.” comes before “Garcia, Z. et al.” too, of whatever year (APA 9.46): pandoc
takes both for one name. Where a style shortens a list by itself, CSL does so too, and
that order is the style’s.
"""

import re
from typing import Any
from xml.etree import ElementTree

from references.formats.name_parser import OTHERS_CSL
from references.styles.style_catalogue import CSL

Item = dict[str, Any]

# The signs of two currencies that are no more; the first sorts below the second.
END_MARK, SPACE_MARK = "\N{CRUZEIRO SIGN}", "\N{GERMAN PENNY SIGN}"
IGNORED_MARK = "\N{INHIBIT SYMMETRIC SWAPPING}"
APOSTROPHE = re.compile(r"(?<=\w)['’](?=\w)")
# A variable of our own, which no style prints: 1 where others follow.
HAS_OTHERS = "company"
ROLES = ("author", "editor")
KEY = f"{CSL}key"
# What may stand after a name goes on standing there: two full stops become one.
LAST_LETTER = re.compile(r"(?<=\w)(?=\W*$)")


def mark_names(item: Item) -> Item:
    """The item with marked names, and whether others follow whom its source names."""
    roles = {role: list(map(mark_name, item[role])) for role in ROLES if role in item}
    makers = item.get("author") or item.get("editor") or []
    return item | roles | {HAS_OTHERS: str(int(makers[-1:] == [OTHERS_CSL]))}


def sort_sole_creators_first(root: ElementTree.Element) -> None:
    """Of works that a style files under one name, those without others come first."""
    for sort in root.iterfind(f"{CSL}bibliography/{CSL}sort"):
        of_names = (
            n for n, key in enumerate(sort, start=1) if sorts_by_names(root, key)
        )
        if place := next(of_names, None):
            sort.insert(place, ElementTree.Element(KEY, variable=HAS_OTHERS))


def sorts_by_names(root: ElementTree.Element, key: ElementTree.Element) -> bool:
    """Whether authors are sorted by, or what the key’s macro makes of them."""
    macros = {macro.get("name"): macro for macro in root.iterfind(f"{CSL}macro")}

    def sets_names(name: str | None) -> bool:
        macro = macros.get(name)
        return macro is not None and (
            macro.find(f".//{CSL}names") is not None
            or any(sets_names(text.get("macro")) for text in macro.iter(f"{CSL}text"))
        )

    return key.get("variable") in ROLES or sets_names(key.get("macro"))


def mark_name(name: Item) -> Item:
    if name == OTHERS_CSL:
        return name
    filed = {part: name[part] for part in ("family", "literal") if part in name}
    return name | {part: mark_words(words) for part, words in filed.items()}


def mark_words(words: str) -> str:
    passed_over = APOSTROPHE.sub(IGNORED_MARK, words)
    return LAST_LETTER.sub(END_MARK, passed_over, count=1).replace(" ", SPACE_MARK)


def remove_marks(text: str) -> str:
    return (
        text.replace(END_MARK, "").replace(SPACE_MARK, " ").replace(IGNORED_MARK, "’")
    )

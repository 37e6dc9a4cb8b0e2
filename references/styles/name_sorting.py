"""Marks in names that make pandoc sort word by word: Garcia, Z. before Garcia Lopez.

pandoc compares names letter by letter, as if they had no spaces, and so sorts “Garcia
Lopez, A.” before “Garcia, Z.”. All printed lists sort “nothing before something” (ISO
7154, NISO TR03, APA 9.44). Two characters that Unicode sorts below all letters, and
that no name contains, replace a space within a name and, lower still, mark its end. An
apostrophe, which should not count, becomes a character that Unicode ignores. The marks
are removed from pandoc's output. https://www.unicode.org/reports/tr10/

“Garcia, Z.” should also precede “Garcia, Z. et al.” of any year (APA 9.46), but to
pandoc both are the same name. If a style shortens the list itself, CSL treats them as
the same name, too, and the order is that of the style.
"""

import re
from xml.etree import ElementTree

from references.formats.name_parser import OTHERS_CSL
from references.styles.pandoc_items import Item
from references.styles.style_catalogue import CSL

# The signs of two former currencies; the first sorts below the second.
END_MARK, SPACE_MARK = "\N{CRUZEIRO SIGN}", "\N{GERMAN PENNY SIGN}"
IGNORED_MARK = "\N{INHIBIT SYMMETRIC SWAPPING}"
APOSTROPHE = re.compile(r"(?<=\w)['’](?=\w)")
# Our own variable, which no style prints: 1 if “et al.” follows the names.
HAS_OTHERS = "company"
ROLES = ("author", "editor")
KEY = f"{CSL}key"
# The end mark comes before punctuation that ends a name, so that a style can still see
# a full stop and doesn't add a second one.
LAST_LETTER = re.compile(r"(?<=\w)(?=\W*$)")


def mark_names(item: Item) -> Item:
    """Return the item with marked names, and with the variable ``HAS_OTHERS``."""
    roles = {role: list(map(mark_name, item[role])) for role in ROLES if role in item}
    creators = item.get("author") or item.get("editor") or []
    has_others = creators[-1:] == [OTHERS_CSL]
    return item | roles | {HAS_OTHERS: str(int(has_others))}


def sort_sole_creators_first(root: ElementTree.Element) -> None:
    """Change a style so that works without “et al.” precede those with it.

    It applies to works under the same name, in styles that sort by names.
    """
    for sort in root.iterfind(f"{CSL}bibliography/{CSL}sort"):
        after_names = (
            n for n, key in enumerate(sort, start=1) if sorts_by_names(root, key)
        )
        if position := next(after_names, None):
            sort.insert(position, ElementTree.Element(KEY, variable=HAS_OTHERS))


def sorts_by_names(root: ElementTree.Element, key: ElementTree.Element) -> bool:
    """Whether the sort key is a variable of names, or a macro that renders names."""
    macros = {macro.get("name"): macro for macro in root.iterfind(f"{CSL}macro")}

    def renders_names(name: str | None) -> bool:
        macro = macros.get(name)
        return macro is not None and (
            macro.find(f".//{CSL}names") is not None
            or any(
                renders_names(text.get("macro")) for text in macro.iter(f"{CSL}text")
            )
        )

    return key.get("variable") in ROLES or renders_names(key.get("macro"))


def mark_name(name: Item) -> Item:
    if name == OTHERS_CSL:
        return name
    sorted_parts = {part: name[part] for part in ("family", "literal") if part in name}
    return name | {part: mark_words(words) for part, words in sorted_parts.items()}


def mark_words(words: str) -> str:
    marked = APOSTROPHE.sub(IGNORED_MARK, words)
    return LAST_LETTER.sub(END_MARK, marked, count=1).replace(" ", SPACE_MARK)


def remove_marks(text: str) -> str:
    without_ends = text.replace(END_MARK, "")
    return without_ends.replace(SPACE_MARK, " ").replace(IGNORED_MARK, "’")

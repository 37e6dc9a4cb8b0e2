"""Names marked so that pandoc files them word by word: Garcia, Z. before Garcia Lopez.

pandoc compares names letter by letter, as if they had no spaces, and so files “Garcia
Lopez, A.” before “Garcia, Z.”. Every list of names that is printed has them the other
way round: “nothing before something” (ISO 7154, NISO TR03, APA 9.44). Two signs that
Unicode sorts below all letters, and that no name has, stand for the space within a name
and, lower still, for its end; they are taken out of what pandoc sets.
https://www.unicode.org/reports/tr10/
"""

import re
from typing import Any

from references.formats.people import OTHERS_CSL

Item = dict[str, Any]

# The signs of two currencies that are no more; the first sorts below the second.
END, SPACE = "\N{CRUZEIRO SIGN}", "\N{GERMAN PENNY SIGN}"
ROLES = ("author", "editor")
# What may stand after a name goes on standing there: two full stops become one.
LAST_LETTER = re.compile(r"(?<=\w)(?=\W*$)")


def mark_names(item: Item) -> Item:
    """The item with marked names of persons and bodies."""
    roles = {role: list(map(mark, item[role])) for role in ROLES if role in item}
    return item | roles


def mark(name: Item) -> Item:
    if name == OTHERS_CSL:
        return name
    filed = {part: name[part] for part in ("family", "literal") if part in name}
    return name | {part: mark_words(words) for part, words in filed.items()}


def mark_words(words: str) -> str:
    return LAST_LETTER.sub(END, words, count=1).replace(" ", SPACE)


def without_marks(text: str) -> str:
    return text.replace(END, "").replace(SPACE, " ")

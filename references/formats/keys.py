"""Keys of works: “meyer-grosser-2014”, made of names and year, unique in a file."""

import re
from typing import Any

from django.utils.text import slugify

KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST = 100
UNDATED = "nd"  # codespell:ignore nd
# How letters of other alphabets stand in keys and slugs.
FOLDS = str.maketrans(
    {
        "ä": "ae",
        "æ": "ae",
        "ö": "oe",
        "ø": "oe",
        "ü": "ue",  # codespell:ignore ue
        "å": "aa",
        "ß": "ss",
    }
)


class Keys:
    """The keys given so far in one file, in whatever case."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def unique(self, key: str) -> str:
        """A second “meyer-2014” becomes “meyer-2014-2”."""
        free = key
        while free.casefold() in self.numbers:
            self.numbers[key.casefold()] += 1
            free = f"{key}-{self.numbers[key.casefold()]}"
        self.numbers[free.casefold()] = 1
        return free

    def fitting(self, key: Any, item: dict[str, Any]) -> str:
        """The key if it can be one here, or else one made from the CSL item."""
        is_key = isinstance(key, str) and len(key) <= LONGEST and KEY.fullmatch(key)
        return self.unique(key if is_key else key_of(item))


def key_of(item: dict[str, Any]) -> str:
    """“bianchi-et-al-2014”; the title's first words where nobody is named."""
    people = item.get("author") or item.get("editor") or []
    names = [name.get("literal") or surname(name) for name in people]
    if len(names) > 2:
        names = [names[0], "et al"]
    words = names or item["title"].split()[:4]
    year = item["issued"]["date-parts"][0][0] if "issued" in item else UNDATED
    text = slugify(" ".join(words).lower().translate(FOLDS))[: LONGEST - 10]
    return f"{text.strip('-_')}-{year}".replace("_", "-").strip("-")


def surname(name: dict[str, Any]) -> str:
    return f"{name.get('non-dropping-particle', '')} {name.get('family', '')}"

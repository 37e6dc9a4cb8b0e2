"""Citekeys of works: “meyer-grosser-2014”, from names and year, unique in a file."""

import re
from collections.abc import Iterable, Iterator

from django.utils.text import slugify

from references.csl import OTHERS, Work, listed_names
from references.formats.name_parser import build_surname

# A letter is required: serial numbers identify a work only in the file they come from.
CITEKEY = re.compile(r"(?=[0-9-]*[a-z])[a-z0-9]+(-[a-z0-9]+)*")
MAX_LENGTH = 100
UNDATED = "nd"  # codespell:ignore nd
# Letters that citekeys and slugs spell in ASCII.
TRANSLITERATIONS = str.maketrans(
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


class CitekeyRegister:
    """The keys that were used so far in one file, ignoring case."""

    def __init__(self) -> None:
        # The last number that was added to a key.
        self.numbers: dict[str, int] = {}

    def make_unique(self, key: str) -> str:
        """Return the key, with a number if it is used: “meyer-2014-2”."""
        free = key
        while free.casefold() in self.numbers:
            self.numbers[key.casefold()] += 1
            free = f"{key}-{self.numbers[key.casefold()]}"
        self.numbers[free.casefold()] = 1
        return free

    def choose_citekey(self, work: Work) -> str:
        """Return the key of the work if it is a valid citekey, otherwise a new one."""
        is_valid = len(work.key) <= MAX_LENGTH and CITEKEY.fullmatch(work.key)
        return self.make_unique(work.key if is_valid else build_citekey(work))


def make_citekeys_unique(works: Iterable[Work]) -> Iterator[Work]:
    """Yield the works with unique citekeys. Keeps every key in memory.

    Works of the database don't need it.
    """
    keys = CitekeyRegister()
    for work in works:
        key = keys.make_unique(work.key)
        yield work if key == work.key else work.model_copy(update={"key": key})


def build_citekey(work: Work) -> str:
    """Return a citekey like “bianchi-et-al-2014”.

    A work without authors and editors gets the first words of its title.
    """
    people = work.author or work.editor
    names = [name.literal or build_surname(name) for name in listed_names(people)]
    if len(names) > 2 or OTHERS in people:
        names = [names[0], "et al"]
    words = names or work.title.split()[:4]
    year = work.issued.year if work.issued else UNDATED
    slug = slugify(" ".join(words).lower().translate(TRANSLITERATIONS))
    slug = slug[: MAX_LENGTH - 10].strip("-_")
    return f"{slug}-{year}".replace("_", "-").strip("-")

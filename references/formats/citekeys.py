"""Keys of works: “meyer-grosser-2014”, made of names and year, unique in a file."""

import re
from collections.abc import Iterable, Iterator

from django.utils.text import slugify

from references.csl import OTHERS, Work, known
from references.formats.name_parser import surname

# Running numbers are keys in the file that they come from, and say nothing here.
KEY = re.compile(r"(?=[0-9-]*[a-z])[a-z0-9]+(-[a-z0-9]+)*")
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

    def fitting(self, work: Work) -> str:
        """The key of the work if it can be one here, or else one made from it."""
        is_key = len(work.key) <= LONGEST and KEY.fullmatch(work.key)
        return self.unique(work.key if is_key else key_of(work))


def with_unique_keys(works: Iterable[Work]) -> Iterator[Work]:
    """For works that do not all come from the database. Remembers every key."""
    keys = Keys()
    for work in works:
        key = keys.unique(work.key)
        yield work if key == work.key else work.model_copy(update={"key": key})


def key_of(work: Work) -> str:
    """“bianchi-et-al-2014”; the title's first words where nobody is named."""
    makers = work.author or work.editor
    names = [name.literal or surname(name) for name in known(makers)]
    if len(names) > 2 or OTHERS in makers:
        names = [names[0], "et al"]
    words = names or work.title.split()[:4]
    year = work.issued.year if work.issued else UNDATED
    text = slugify(" ".join(words).lower().translate(FOLDS))[: LONGEST - 10]
    return f"{text.strip('-_')}-{year}".replace("_", "-").strip("-")

"""Works that look like the same one: by their key, their DOI, or title and year."""

import re
from collections import defaultdict
from dataclasses import dataclass

from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extractOne

from references.csl import Work
from references.models import FormerKey, Reference

# In hundredths: a letter more or less in a short title, a word in none.
ALIKE = 93
WORDS = re.compile(r"\w+")


@dataclass(frozen=True)
class Likeness:
    """What a work looks like: the key of another, and what they have in common."""

    key: str
    why: str  # “key”, “DOI” or “title”


class KnownWorks:
    """The works here, and those that were added since. Two queries."""

    def __init__(self) -> None:
        self.keys: dict[str, str] = {}
        self.dois: dict[str, str] = {}
        # Year → words of the title → key.
        self.titles: dict[int | None, dict[str, str]] = defaultdict(dict)
        for row in Reference.objects.values_list("key", "doi", "title", "issued_year"):
            self.put(*row)
        self.keys |= dict(FormerKey.objects.values_list("key", "reference__key"))

    def put(self, key: str, doi: str, title: str, year: int | None) -> None:
        self.keys[key] = key
        self.titles[year].setdefault(words_of(title), key)
        if doi:
            self.dois.setdefault(doi.casefold(), key)

    def add(self, work: Work) -> None:
        self.put(work.key, work.doi or "", work.title, year_of(work))

    def like(self, work: Work) -> Likeness | None:
        """The work that this one may be. A DOI tells more than a key, and both more
        than a title: names and year make a key, and two works may have them.
        """
        if work.doi and (key := self.dois.get(work.doi.casefold())):
            return Likeness(key, "DOI")
        if key := self.keys.get(work.key):
            return Likeness(key, "key")
        titles = self.titles.get(year_of(work), {})
        found = extractOne(
            words_of(work.title), titles.keys(), scorer=ratio, score_cutoff=ALIKE
        )
        return Likeness(titles[found[0]], "title") if found else None


def words_of(title: str) -> str:
    """The title without case and punctuation."""
    return " ".join(WORDS.findall(title.casefold()))


def year_of(work: Work) -> int | None:
    return work.issued.year if work.issued else None

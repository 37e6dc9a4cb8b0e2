"""What the page of a search shows: the best of each kind. Knows nothing of HTTP."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from initiatives.models import Concept, Initiative
from references.models import Reference
from search import interface
from search.spelling import FEW, corrected
from search.words import STOP_WORDS, WORD

# A question, not a text; the lists take as much.
LONGEST = 200
SHOWN = 5


@dataclass(frozen=True)
class Section:
    """One kind of record: how it is called, whence it is read, where all are listed."""

    kind: str
    counted: str
    records: Callable
    list_name: str = ""
    read: int = SHOWN


SECTIONS = (
    Section(
        "initiative", "case,cases", Initiative.objects.published, "initiatives:list"
    ),
    # They have no list to go on to, and are not many: all of them are here.
    Section("concept", "term,terms", Concept.objects.all, read=500),
    Section(
        "reference",
        "work,works",
        Reference.objects.with_contributors,
        "references:list",
    ),
)


@dataclass(frozen=True)
class Results:
    """The best records of one kind, with ``snippets``; how many there are in all."""

    section: Section
    total: int
    records: list
    list_url: str

    @property
    def first(self):
        return self.records[:SHOWN]

    @property
    def others(self):
        return self.records[SHOWN:]


class SearchPage:
    """The answer to a text that a reader typed."""

    def __init__(self, text):
        # HTML has no way to write a NUL.
        self.text = text.replace("\0", " ").strip()

    @property
    def is_too_long(self):
        return len(self.text) > LONGEST

    @property
    def has_words(self):
        return not self.is_too_long and interface.has_words(self.text)

    @cached_property
    def results(self):
        """Of each kind that has any."""
        if not self.has_words:
            return []
        found = [results_of(section, self.text) for section in SECTIONS]
        return [results for results in found if results.total]

    @property
    def total(self):
        return sum(results.total for results in self.results)

    @cached_property
    def looser_text(self):
        """A query for any of several plain words that nothing has all of."""
        words = [word for word in self.text.split() if word.lower() not in STOP_WORDS]
        if self.total or len(words) < 2 or not all(map(WORD.fullmatch, words)):
            return None
        looser = " or ".join(words)
        found = any(interface.matching(section.kind, looser) for section in SECTIONS)
        return looser if found else None

    @cached_property
    def better_text(self):
        """The text in another spelling, where little was found and that finds more."""
        return corrected(self.text) if self.has_words and self.total < FEW else None


def results_of(section, text):
    found = interface.matching(section.kind, text)
    # Nothing is ranked where a query only says what is unwanted.
    best = interface.ranked(section.kind, text, section.read) or found[: section.read]
    records = section.records().in_bulk(best)
    snippets = interface.snippets(section.kind, list(records), text)
    for key, record in records.items():
        record.snippets = snippets.get(key, ())
    in_order = [records[key] for key in best if key in records]
    listed = section.list_name and reverse(section.list_name, query={"q": text})
    return Results(section, len(found), in_order, listed)

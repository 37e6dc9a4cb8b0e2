"""Documents: what of a record is searched, as texts and names.

A text has a weight: A is what a record is called, B what it is about, C what it says
of itself, D what else is said.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.urls import NoReverseMatch

WEIGHTS = "ABCD"
# The label of words that readers look for and the site does not print.
FOUND_BY = "Found by"


class DocumentPart(NamedTuple):
    """One text of a record.

    ``label`` names the text to readers; ``anchor`` is the fragment of its place on the
    record's page; ``language`` is the code of its language, empty for English.
    """

    weight: str
    label: str
    text: str
    anchor: str = ""
    language: str = ""

    @property
    def is_hidden(self) -> bool:
        """Whether records are found by the text but it is not printed."""
        return self.label == FOUND_BY


class Offer(NamedTuple):
    """A name that a reader may be typing, to be suggested with the page it stands for.

    ``kind`` and ``value`` say which page that is: see casebase/site/search/.
    """

    kind: str
    value: str
    label: str


def filled(parts: Iterable[DocumentPart]) -> list[DocumentPart]:
    """The parts with a text, in their order and without repetitions."""
    return list(dict.fromkeys(part for part in parts if part.text))


def address_of(record: Any) -> str:
    """The address of the record's page, or "" if its slug, which no validation may have
    seen, fits no address."""
    try:
        return str(record.get_absolute_url())
    except NoReverseMatch:
        return ""

"""Documents: what of a record is searched, as texts and names.

A text has a weight: A is what a record is called, B what it is about, C what it says
of itself, D what else is said.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from django.urls import NoReverseMatch, reverse

WEIGHTS = "ABCD"
# The label of words that readers look for and the site does not print.
FOUND_BY = "Found by"
# As Django's converter of addresses has it.
SLUG = re.compile(r"[-a-zA-Z0-9_]+")


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


def address_pattern(view: str) -> Callable[[str], str]:
    """Return a function that makes the address of a page of this view from its slug, a
    hundred times as fast as Django's own. An address is "" if no page can have it."""
    before, after = reverse(view, args=["-"]).rsplit("-", 1)
    return lambda slug: f"{before}{slug}{after}" if SLUG.fullmatch(slug) else ""


def address_of(record: Any) -> str:
    """The address of the record's page, or "" if its slug, which no validation may have
    seen, fits no address."""
    try:
        return str(record.get_absolute_url())
    except NoReverseMatch:
        return ""

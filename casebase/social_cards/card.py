"""What a social card says."""

from collections.abc import Mapping
from dataclasses import dataclass, field

SITE = "Casebase"


@dataclass(frozen=True, kw_only=True)
class SocialCard:
    """The texts and numbers of a card; empty ones are left out.

    - ``place`` stands above the title, ``text`` below it.
    - ``plain_title`` stands in for a title that has no letters of our typefaces.
    - ``results`` maps a result (a direction of findings) to a number of statements, and
      ``results_text`` says the same in words; they have the colours of ``family``.
    - ``families`` maps colour families to the number of their findings.
    """

    title: str
    plain_title: str
    place: str = ""
    text: str = ""
    results: Mapping[str, int] = field(default_factory=dict)
    results_text: str = ""
    family: str = "barrier"
    counts: str = ""
    families: Mapping[str, int] = field(default_factory=dict)

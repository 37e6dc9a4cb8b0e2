"""Names in one line of text, as lists and RIS files have them, and back."""

import re
from typing import Any

from references.csl import OTHERS, Name
from references.formats.latex import is_lower

# Particles that no space parts from the name: d’Ormesson.
TIGHT = ("’", "'", "-")
# After a comma these do not make a person of a body: “Barnes and Noble, Inc.”
OF_BODIES = re.compile(
    r"(inc|incorporated|ltd|limited|llc|llp|plc|corp|co|gmbh|ag|kg|e\.\s?v|b\.\s?v"
    r"|s\.\s?a|s\.\s?p\.\s?a)\.?",
    re.IGNORECASE,
)

# “et al.”, “[and others]”, as files and printed lists have it after their last name.
ET_AL = re.compile(r"\W*(and\s+)?(others|et\s+al(ii|iae)?\.?)\W*", re.IGNORECASE)
OTHERS_CSL = {"literal": OTHERS.literal}


def is_others(text: str) -> bool:
    return ET_AL.fullmatch(text) is not None


def surname(name: Name) -> str:
    """“van Eijk”, “d’Ormesson”."""
    particle = name.non_dropping_particle or ""
    gap = " " if particle and not particle.endswith(TIGHT) else ""
    return f"{particle}{gap}{name.family}"


def inverted(name: Name) -> str:
    """“van Eijk, C.”, “Goethe, J. W. von”, “King, M. L., Jr.”, or the body's name.

    “et al.” where others follow.
    """
    if name.literal:
        return "et al." if name == OTHERS else name.literal
    given = " ".join(filter(None, [name.given, name.dropping_particle]))
    parts = [surname(name), given, name.suffix]
    return ", ".join(part for part in parts if part)


def name_of(text: str) -> dict[str, Any]:
    """The CSL name in such a line; without a comma, or with one at its end, a body.

    What stands in lower case before the family name, or after given names, is taken
    for a particle.
    """
    if is_others(text):
        return OTHERS_CSL
    family, *others = [part.strip() for part in text.split(",")]
    is_body = text.endswith(",") or not family or not others
    if is_body or OF_BODIES.fullmatch(others[0]):
        return {"literal": text.removesuffix(",") or text}
    given, *suffix = others
    particle, family = leading_particle(family.split(" "))
    names, dropping = trailing_particle(given.split(" "))
    parts = {
        "family": family,
        "given": names,
        "dropping-particle": dropping,
        "non-dropping-particle": particle,
        "suffix": ", ".join(suffix),
    }
    return {part: value for part, value in parts.items() if value}


def leading_particle(words: list[str]) -> tuple[str, str]:
    """“van der”, “Wekken”."""
    at = 0
    while at < len(words) - 1 and is_lower(words[at]):
        at += 1
    return " ".join(words[:at]), " ".join(words[at:])


def trailing_particle(words: list[str]) -> tuple[str, str]:
    """“J. W.”, “von”. One word alone is a given name."""
    at = len(words)
    while at > 1 and is_lower(words[at - 1]):
        at -= 1
    return " ".join(words[:at]), " ".join(words[at:])

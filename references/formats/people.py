"""Names in one line of text, as lists and RIS files have them, and back.

Who is named by a text that could be read in two ways is not guessed.
"""

import re
from collections.abc import Sequence
from typing import Any

from references.csl import OTHERS, Name
from references.formats.latex import is_lower
from references.formats.name_lists import (
    BESIDE,
    BODY,
    COMPANY,
    ET_AL,
    FULL_NAME,
    INITIALS,
    INITIALS_FIRST,
    INITIALS_LAST,
    NOBODY,
    SUFFIX,
    people_in_commas,
    without_others,
)

# Particles that no space parts from the name: d’Ormesson.
TIGHT = ("’", "'", "-")
# After a comma these may be initials, too, but not of a body: “Deutsche Bank, AG”
OF_BODIES = re.compile(
    r"(inc|incorporated|ltd|limited|llc|llp|plc|corp|co|gmbh|ag|kg|e\.\s?v|b\.\s?v"
    r"|s\.\s?a|s\.\s?p\.\s?a)\.?",
    re.IGNORECASE,
)

BETWEEN = re.compile(r"\s*[;|]\s*")
AND = re.compile(r",?\s+(?:and|&|und|et|y)\s+", re.IGNORECASE)
LONE_AND = re.compile(r"^(?:and|&)\s+|(?<![\s,])[\s,]+(?:and|&)$", re.IGNORECASE)
# Of all names in one line; a list of thousands of authors has less.
LONGEST = 100_000
# “Loeffler E.”
DOTTED = re.compile(r"[\w’'-]{2,}(?: [\w’'-]{2,})* (?:[A-ZÀ-Þ]\.[\s-]?){1,3}")
# “et al.”, “[and others]”, as files and printed lists have it after their last name.
OTHERS_CSL = {"literal": OTHERS.literal}


def is_others(text: str) -> bool:
    return ET_AL.fullmatch(text.strip(" ,.;")) is not None


def is_nobody(text: str) -> bool:
    """Whether it says that no name is known: “n.a.”, “Anonymous”."""
    return NOBODY.fullmatch(text.strip(" ,;")) is not None


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


def names_of(text: str) -> list[dict[str, Any]]:
    """The CSL names in such a line, which should be one; none when it can't be told.

    “Doe, J.; Roe, R.”, “Doe, Jane and Roe, Max” and lists in commas are several.
    """
    if len(text) > LONGEST:
        return []
    text = LONE_AND.sub("", BESIDE.sub("", " ".join(text.split())))
    if is_others(text):
        return [OTHERS_CSL]
    if (named := without_others(text)) != text:
        names = names_of(named)
        return [*names, OTHERS_CSL] if names else []
    if len(texts := list(filter(None, BETWEEN.split(text)))) > 1:
        return all_of(texts)
    if len(texts := AND.split(text)) > 1 and not text.endswith(","):
        if all(map(is_inverted, texts)):
            return all_of(texts)
        if is_unclear(texts):
            return []
    return names_in_commas(text)


def all_of(texts: list[str]) -> list[dict[str, Any]]:
    """The names of all texts; none when one of them can't be told."""
    names = [names_of(text) for text in texts]
    return [name for each in names for name in each] if all(names) else []


def is_inverted(text: str) -> bool:
    """Whether it has people with family names first, or with initials, or a body."""
    if BODY.search(text):
        return True
    return INITIALS_FIRST.fullmatch(text) is not None or (
        "," in text and all("given" in name for name in names_in_commas(text))
    )


def is_unclear(texts: list[str]) -> bool:
    """“Jane Doe and Max Roe”, “Energy, Climate and Transport”: people or a body?"""
    if any(map(BODY.search, texts)):
        return False
    return all(map(FULL_NAME.fullmatch, texts)) or "," in texts[0]


def names_in_commas(text: str) -> list[dict[str, Any]]:
    pieces = [piece.strip() for piece in text.split(",") if piece.strip()]
    family, *others = pieces or [text]
    is_body = text.endswith(",") and not (others and INITIALS.fullmatch(others[-1]))
    if is_body or is_company(family, others):
        return [{"literal": text.removesuffix(",") or text}]
    suffixes: list[str] = []
    while len(pieces) > 2 and SUFFIX.fullmatch(pieces[-1]):
        suffixes.insert(0, pieces.pop())
    if len(pieces) > 1 and all(map(DOTTED.fullmatch, pieces)):
        pieces = [piece.replace(".", "") for piece in pieces]
    people = people_in_commas(pieces) if pieces else []
    if not others or people == [(0, None, None)]:
        return [whole_name(text)]
    names = []
    for last, suffix, given in people or []:
        if given is None:
            names.append(whole_name(pieces[last], is_person=True))
        else:
            end = [pieces[suffix]] if suffix is not None else suffixes
            names.append(person(pieces[last], pieces[given], end))
    return names


def is_company(family: str, others: list[str]) -> bool:
    """“Barnes and Noble, Inc.”, “University of A, Irvine”, and not “Lee, CO”."""
    if not others:
        return False
    is_long = " " in family and BODY.search(family) is not None
    return COMPANY.fullmatch(others[0]) is not None or (
        is_long
        and (
            OF_BODIES.fullmatch(others[0]) is not None
            or not INITIALS.fullmatch(others[0])
        )
    )


def whole_name(text: str, *, is_person: bool = False) -> dict[str, Any]:
    """Without a comma it is a body, but for “J. Doe” and where people are listed."""
    is_person = is_person or INITIALS_FIRST.fullmatch(text) is not None
    *words, last = text.split(" ")
    if DOTTED.fullmatch(text):
        return person(" ".join(words), last)
    if not is_person:
        return {"literal": text}
    if INITIALS_LAST.fullmatch(text):
        return person(" ".join(words), last)
    at = len(words)
    while at > 1 and is_lower(words[at - 1]):
        at -= 1
    return person(" ".join([*words[at:], last]), " ".join(words[:at]))


def person(family: str, given: str, suffix: Sequence[str] = ()) -> dict[str, Any]:
    """The parts of a name.

    What stands in lower case before the family name, or after given names, is taken
    for a particle.
    """
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

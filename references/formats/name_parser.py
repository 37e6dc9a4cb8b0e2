"""Names in one line of text, as lists and RIS files have them, and back.

Who is named by a text that could be read in two ways is not guessed.
"""

import re
from collections.abc import Iterable
from typing import Any

from references.csl import OTHERS, Name, known
from references.formats.latex import is_lower
from references.formats.name_lists import (
    FULL_NAME,
    INITIALS,
    INITIALS_FIRST,
    INITIALS_LAST,
    people_in_commas,
    with_joined_suffixes,
)
from references.formats.name_patterns import (
    BEHALF,
    BESIDE,
    ELLIPSIS,
    GLUED,
    is_nobody,
    is_others,
    without_others,
)
from references.formats.organisation_names import BODY, is_body_in_commas, may_be_body

# Particles that no space parts from the name: d’Ormesson.
TIGHT = ("’", "'", "-")
BETWEEN = re.compile(rf"\s?[;|\uff1b\u3001]\s?|{BEHALF}", re.IGNORECASE)
OMITTED = re.compile(rf"[,;]?\s?(?:{ELLIPSIS})[,;]?\s?(?:&\s)?")
AND = re.compile(r",?\s+(?:and|&|und|et|y|with|mit)\s+|\s?/\s?", re.IGNORECASE)
LONE_AND = re.compile(r"^(?:and|&)\s+|(?<![\s,])[\s,]+(?:and|&)$", re.IGNORECASE)
# Of all names in one line; a list of thousands of authors has less.
LONGEST = 100_000
# “Doe,Jane,”, as some programs end each name; a body has a space after its comma.
LAST_FIRST = re.compile(r"([\w’'-]+,[^\W\d_][\w’'.-]*),")
# “Loeffler E.”
DOTTED = re.compile(r"[\w’'-]{2,}(?: [\w’'-]{2,})* (?:[A-ZÀ-Þ]\.[\s-]?){1,3}")
# “et al.”, “[and others]”, as files and printed lists have it after their last name.
OTHERS_CSL = {"literal": OTHERS.literal}


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
    if len(texts := OMITTED.split(text)) > 1:
        names = all_of(list(filter(None, texts)))
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
    if found := LAST_FIRST.fullmatch(text):
        text = found[1]
    pieces = [piece.strip() for piece in text.split(",") if piece.strip()]
    pieces = with_joined_suffixes(pieces)
    family, *others = pieces or [text]
    is_body = text.endswith(",") and not (others and INITIALS.fullmatch(others[-1]))
    if is_body or is_body_in_commas(family, others):
        return [{"literal": text.removesuffix(",") or text}]
    if not others:
        return [whole_name(text)]
    if GLUED.search(text) or may_be_body(pieces):
        return []
    if all(map(DOTTED.fullmatch, pieces)):
        pieces = [piece.replace(".", "") for piece in pieces]
    names = []
    for last, suffix, given in people_in_commas(pieces) or []:
        end = "" if suffix is None else pieces[suffix]
        if given is None:
            name = whole_name(pieces[last], is_person=True)
            names.append(name | ({"suffix": end} if end else {}))
        else:
            names.append(person(pieces[last], pieces[given], end))
    return names


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


def person(family: str, given: str, suffix: str = "") -> dict[str, Any]:
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
        "suffix": suffix,
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


def said(name: Any) -> str:
    """The words of a CSL name, as “et al.” of a person called Al., Et."""
    parts = name if isinstance(name, dict) else {}
    texts = [parts.get(part) or "" for part in ("literal", "given", "family")]
    return " ".join(filter(None, (text for text in texts if isinstance(text, str))))


def each_once(names: Iterable[dict[str, Any]]) -> list[Name]:
    """The names as a work has them: no “n.a.”, others at the end and not alone."""
    told = (each for each in names if said(each) and not is_nobody(said(each)))
    read = list(dict.fromkeys(map(Name.model_validate, told)))
    named = known(read)
    return [*named, OTHERS] if named and named != read else named

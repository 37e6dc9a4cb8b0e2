"""Parses names in one line of text, such as a line of RIS, and writes them.

A text that can be read in two ways gives no names, because nothing is guessed.
"""

import re
from collections.abc import Iterable
from typing import Any

from references.csl import OTHERS, Name
from references.formats.latex import starts_lowercase
from references.formats.name_lists import (
    FULL_NAME,
    INITIALS,
    INITIALS_FIRST,
    INITIALS_LAST,
    find_people,
    join_suffixes,
)
from references.formats.name_patterns import (
    ELLIPSIS,
    NAME_ANNOTATION,
    ON_BEHALF_OF,
    UNCLEAR_CONJUNCTION,
    is_et_al,
    is_placeholder_name,
    strip_et_al,
)
from references.formats.organisation_names import (
    ORGANIZATION_WORD,
    is_organization_with_comma,
    may_be_organization,
)

# Endings of particles without a space after them: d’Ormesson.
JOINED_PARTICLE_ENDINGS = ("’", "'", "-")
NAME_SEPARATOR = re.compile(rf"\s?[;|\uff1b\u3001]\s?|{ON_BEHALF_OF}", re.IGNORECASE)
OMITTED_NAMES = re.compile(rf"[,;]?\s?(?:{ELLIPSIS})[,;]?\s?(?:&\s)?")
CONJUNCTION = re.compile(r",?\s+(?:and|&|und|et|y|with|mit)\s+|\s?/\s?", re.IGNORECASE)
STRAY_CONJUNCTION = re.compile(
    r"^(?:and|&)\s+|(?<![\s,])[\s,]+(?:and|&)$", re.IGNORECASE
)
# Characters of all names in a line; a list of thousands of authors has less.
MAX_LENGTH = 100_000
# “Doe,Jane,”: some programs end each name so. In an organisation, a space follows the
# comma.
NAME_ENDED_BY_COMMA = re.compile(r"([\w’'-]+,[^\W\d_][\w’'.-]*),")
# “Loeffler E.”
FAMILY_AND_INITIALS = re.compile(
    r"[\w’'-]{2,}(?: [\w’'-]{2,})* (?:[A-ZÀ-Þ]\.[\s-]?){1,3}"
)
# The CSL name that stands for “et al.” at the end of a list.
OTHERS_CSL = {"literal": OTHERS.literal}


def build_surname(name: Name) -> str:
    """Return the family name with its particle: “van Eijk”, “d’Ormesson”."""
    particle = name.non_dropping_particle or ""
    gap = " " if particle and not particle.endswith(JOINED_PARTICLE_ENDINGS) else ""
    return f"{particle}{gap}{name.family}"


def invert_name(name: Name) -> str:
    """Return the name with its family name first, or the name of an organisation.

    “van Eijk, C.”, “Goethe, J. W. von”, “King, M. L., Jr.”; “et al.” for OTHERS.
    """
    if name.literal:
        return "et al." if name == OTHERS else name.literal
    given = " ".join(filter(None, [name.given, name.dropping_particle]))
    parts = [build_surname(name), given, name.suffix]
    return ", ".join(part for part in parts if part)


def parse_names(text: str) -> list[dict[str, Any]]:
    """Return the CSL names in a line; an empty list if it is ambiguous or has no name.

    It should have one. “Doe, J.; Roe, R.” and “Doe, Jane and Roe, Max” have several.
    """
    if len(text) > MAX_LENGTH:
        return []
    text = STRAY_CONJUNCTION.sub("", NAME_ANNOTATION.sub("", " ".join(text.split())))
    if is_placeholder_name(text):
        return [{"literal": text.removesuffix(",") or text}] if text else []
    if is_et_al(text):
        return [OTHERS_CSL]
    named = strip_et_al(text)
    texts = OMITTED_NAMES.split(text) if named == text else [named]
    if texts != [text]:
        names = parse_all_names(texts)
        return [*names, OTHERS_CSL] if names else []
    if len(texts := [*filter(None, NAME_SEPARATOR.split(text))]) > 1:
        return parse_all_names(texts)
    if len(texts := CONJUNCTION.split(text)) > 1 and not text.endswith(","):
        if all(map(is_clear_name, texts)):
            return parse_all_names(texts)
        if is_ambiguous(texts):
            return []
    return parse_comma_list(text)


def parse_all_names(texts: list[str]) -> list[dict[str, Any]]:
    """Return the names in all texts, or an empty list if one of them is ambiguous."""
    names = [parse_names(text) for text in texts if text]
    return [name for each in names for name in each] if all(names) else []


def is_clear_name(text: str) -> bool:
    """Whether it is clearly an organisation, or people with initials or a comma."""
    if ORGANIZATION_WORD.search(text) or INITIALS_FIRST.fullmatch(text):
        return True
    return "," in text and all("given" in name for name in parse_comma_list(text))


def is_ambiguous(texts: list[str]) -> bool:
    """Whether the texts around “and” may be people or one organisation.

    “Jane Doe and Max Roe”, “Energy, Climate and Transport”
    """
    if any(map(ORGANIZATION_WORD.search, texts)):
        return False
    return all(map(FULL_NAME.fullmatch, texts)) or "," in texts[0]


def parse_comma_list(text: str) -> list[dict[str, Any]]:
    """Return the CSL names of one name, or of several separated by commas."""
    if found := NAME_ENDED_BY_COMMA.fullmatch(text):
        text = found[1]
    pieces = [piece.strip() for piece in text.split(",") if piece.strip()]
    pieces = join_suffixes(pieces)
    family, *others = pieces or [text]
    ends_with_initials = others and INITIALS.fullmatch(others[-1])
    is_organization = text.endswith(",") and not ends_with_initials
    if is_organization or is_organization_with_comma(family, others):
        return [{"literal": text.removesuffix(",").strip() or text}]
    if not others:
        return [parse_name_without_comma(text)]
    if UNCLEAR_CONJUNCTION.search(text) or may_be_organization(pieces):
        return []
    if all(map(FAMILY_AND_INITIALS.fullmatch, pieces)):
        pieces = [piece.replace(".", "") for piece in pieces]
    people = find_people(pieces) or []
    return [parse_person(pieces, *person_pieces) for person_pieces in people]


def parse_person(
    pieces: list[str], family_at: int, suffix_at: int | None, given_at: int | None
) -> dict[str, Any]:
    """Return the CSL name of a person whose parts are at these indexes."""
    suffix = "" if suffix_at is None else pieces[suffix_at]
    if given_at is not None:
        return build_person(pieces[family_at], pieces[given_at], suffix)
    name = parse_name_without_comma(pieces[family_at], is_person=True)
    return name | ({"suffix": suffix} if suffix else {})


def parse_name_without_comma(text: str, *, is_person: bool = False) -> dict[str, Any]:
    """Return an organisation, unless the text has initials or must be a person."""
    is_person = is_person or INITIALS_FIRST.fullmatch(text) is not None
    *words, last = text.split(" ")
    if FAMILY_AND_INITIALS.fullmatch(text):
        return build_person(" ".join(words), last)
    if not is_person:
        return {"literal": text}
    if INITIALS_LAST.fullmatch(text):
        return build_person(" ".join(words), last)
    at = len(words)
    while at > 1 and starts_lowercase(words[at - 1]):
        at -= 1
    return build_person(" ".join([*words[at:], last]), " ".join(words[:at]))


def build_person(family: str, given: str, suffix: str = "") -> dict[str, Any]:
    """Return the CSL name of a person.

    Words in lower case before the family name, or after given names, are a particle.
    """
    particle, family = split_leading_particle(family.split(" "))
    names, dropping = split_trailing_particle(given.split(" "))
    parts = {
        "family": family,
        "given": names,
        "dropping-particle": dropping,
        "non-dropping-particle": particle,
        "suffix": suffix,
    }
    return {part: value for part, value in parts.items() if value}


def split_leading_particle(words: list[str]) -> tuple[str, str]:
    """Return “van der” and “Wekken”."""
    at = 0
    while at < len(words) - 1 and starts_lowercase(words[at]):
        at += 1
    return " ".join(words[:at]), " ".join(words[at:])


def split_trailing_particle(words: list[str]) -> tuple[str, str]:
    """Return “J. W.” and “von”. A single word is a given name."""
    at = len(words)
    while at > 1 and starts_lowercase(words[at - 1]):
        at -= 1
    return " ".join(words[:at]), " ".join(words[at:])


def join_name_parts(name: Any) -> str:
    """Return the text of a CSL name, such as “et al.” of a person “al., et”."""
    parts = name if isinstance(name, dict) else {}
    texts = [parts.get(part) or "" for part in ("literal", "given", "family")]
    return " ".join(filter(None, (text for text in texts if isinstance(text, str))))


def build_names(names: Iterable[dict[str, Any]]) -> list[Name]:
    """Return the CSL names as those of a work. ``clean_names`` arranges them."""
    return [Name.model_validate(name) for name in names]

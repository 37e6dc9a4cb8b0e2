"""Finds people in lists whose commas may separate people, or the parts of a name.

“Doe, J., Roe, R.”, “Jane Doe, Max Roe, Ann Abel”, “Smith AG, Lee CO, Moe B”. A list
that can be read in two ways is not read.
"""

import re

from references.formats.name_patterns import EAST_ASIAN_NAME

JUNIOR_PATTERN = r"(?:jr|sr|jnr|snr|junior|senior|esq)\.?"
DEGREE_PATTERN = (
    r"(?:ph\.?\s?d|d\.?phil|m\.?phil|[mbd]\.?sc|m\.?d|m\.?p\.?h|mba|mpa|mpp|m\.?ed"
    r"|ed\.?d|dr\.?p\.?h|pharmd|ll[bm]|mbbs|frcp|[mb]eng)\.?"
)
# One suffix or several: “Jr.”, “III”, “MD, PhD”.
SUFFIX = re.compile(
    rf"(?:(?:{JUNIOR_PATTERN}|{DEGREE_PATTERN}|m\.\s?d\.?|I{{2,3}}|I?V|VI{{1,3}}"
    r"|[2-9](?:nd|rd|th))(?:, |$))+",  # codespell:ignore nd
    re.IGNORECASE,
)
JUNIOR_SUFFIX = re.compile(rf"{JUNIOR_PATTERN}(?:, .*)?", re.IGNORECASE)
DEGREE_SUFFIX = re.compile(rf"{DEGREE_PATTERN}", re.IGNORECASE)
# J.; J. M.; J.-P.; AG; A G
INITIALS = re.compile(
    r"(?:[^\W\d_]{1,2}\.[\s-]?)+|[A-ZÀ-Þ]{1,3}(?:[\s-][A-ZÀ-Þ]{1,3})*"
)
# J. Doe
INITIALS_FIRST = re.compile(
    r"(?:[^\W\d_]{1,2}\.[\s-]?)+\s?\w[\w’'-]+(?: [\w’'-]+){0,2}"
)
# Doe J; van Eijk CJ
INITIALS_LAST = re.compile(
    r"(?=[\w’'-]+[a-zà-ÿ])[\w’'-]+(?: [\w’'-]{2,}){0,2} "
    r"(?:[A-ZÀ-Þ]{1,3}|(?:[A-ZÀ-Þ]\.[\s-]?)+)"
)
FULL_NAME = re.compile(r"[^\W\d_a-z][\w.’'-]*(?: [\w.’'-]+){1,4}")
# One person or two: “Jane Doe, Max Roe” has the form of “López García, María José”.
MAYBE_TWO_NAMES = re.compile(
    r"(?:[^\W\d_a-z][\w’'-]+ ){1,2}[^\W\d_a-z][\w’'-]+, ?"
    r"[^\W\d_a-z][\w’'-]+(?: [^\W\d_a-z][\w’'-]+){1,2}"
)
FAMILY_NAME = re.compile(r"(?:[^\W\d_A-Z][\w’']* ){0,2}[^\W\d_a-z][\w’'-]+")
GIVEN_NAMES = re.compile(r"[^\W\d_a-z][\w.’'-]*(?: [^\W\d_a-z][\w.’'-]*){0,2}")

# The indexes of the pieces of one person: of the family name, the suffix and the given
# names. Without given names the first piece is the whole name.
type PersonPieces = tuple[int, int | None, int | None]


def join_suffixes(pieces: list[str]) -> list[str]:
    """Join successive suffixes to one piece: “Jane Doe”, “MD, PhD”."""
    joined = [[piece] for piece in pieces[:2]]
    for piece in pieces[2:]:
        are_suffixes = SUFFIX.fullmatch(piece) and SUFFIX.fullmatch(joined[-1][-1])
        is_degree = " " in pieces[0] and DEGREE_SUFFIX.fullmatch(piece)
        if are_suffixes and (len(joined) > 2 or is_degree):
            joined[-1].append(piece)
        else:
            joined.append([piece])
    return list(map(", ".join, joined))


def find_people(pieces: list[str]) -> list[PersonPieces] | None:
    """Return the pieces of each person, or None if the list is ambiguous.

    ``pieces`` are the texts between commas.
    """
    match pieces:
        case [_]:
            return [(0, None, None)]
        case [_, _]:
            return find_one_or_two_people(*pieces)
        case [_, suffix, _] if SUFFIX.fullmatch(suffix) or suffix[:1].islower():
            return [(0, 1, 2)]
        case [_, _, suffix] if SUFFIX.fullmatch(suffix):
            return [(0, 2, 1)]
    n_pieces = len(pieces)
    if are_whole_names(pieces):
        return [(at, None, None) for at in range(n_pieces)]
    if n_pieces % 2 == 0 and are_family_given_pairs(pieces[::2], pieces[1::2]):
        return [(at, None, at + 1) for at in range(0, n_pieces, 2)]
    return None


def find_one_or_two_people(first: str, second: str) -> list[PersonPieces] | None:
    """Return one person of “Doe, Jane” or “Jane Doe, Jr.”, two of “J. Doe, R. Roe”."""
    is_suffix = SUFFIX.fullmatch(second) and " " in first
    if is_suffix or JUNIOR_SUFFIX.fullmatch(second):
        return [(0, 1, None)]
    if is_east_asian_name(first) and is_east_asian_name(second):
        return None
    if INITIALS_FIRST.fullmatch(first) and FULL_NAME.fullmatch(second):
        return [(0, None, None), (1, None, None)]
    if INITIALS_LAST.fullmatch(first) and INITIALS_LAST.fullmatch(second):
        return [(0, None, None), (1, None, None)]
    return [(0, None, 1)]


def are_whole_names(pieces: list[str]) -> bool:
    """Whether each piece is a name with given names, all of the same form."""
    forms = (INITIALS_FIRST, INITIALS_LAST, FULL_NAME)
    return any(all(map(form.fullmatch, pieces)) for form in forms)


def is_east_asian_name(text: str) -> bool:
    """Whether it is a whole name such as “김철수”; family names are shorter."""
    return len(text) > 2 and EAST_ASIAN_NAME.fullmatch(text) is not None


def are_family_given_pairs(families: list[str], given: list[str]) -> bool:
    if any(map(is_east_asian_name, families)):
        return False
    if all(map(INITIALS.fullmatch, given)):
        return not any(map(INITIALS.fullmatch, families))
    are_named = all(map(FAMILY_NAME.fullmatch, families))
    return are_named and all(map(GIVEN_NAMES.fullmatch, given))

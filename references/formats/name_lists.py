"""Lists of people in one text whose commas say neither where one ends nor how it is
written: “Doe, J., Roe, R.”, “Jane Doe, Max Roe, Ann Abel”, “Smith AG, Lee CO, Moe B”.

A list that could be read in two ways is not read.
"""

import re

from references.formats.name_patterns import EASTERN

JUNIOR = r"(?:jr|sr|jnr|snr|junior|senior|esq)\.?"
DEGREE = (
    r"(?:ph\.?\s?d|d\.?phil|m\.?phil|[mbd]\.?sc|m\.?d|m\.?p\.?h|mba|mpa|mpp|m\.?ed"
    r"|ed\.?d|dr\.?p\.?h|pharmd|ll[bm]|mbbs|frcp|[mb]eng)\.?"
)
# One or several: “Jr.”, “III”, “MD, PhD”.
SUFFIX = re.compile(
    rf"(?:(?:{JUNIOR}|{DEGREE}|m\.\s?d\.?|I{{2,3}}|I?V|VI{{1,3}}"
    r"|[2-9](?:nd|rd|th))(?:, |$))+",  # codespell:ignore nd
    re.IGNORECASE,
)
JUNIORS = re.compile(rf"{JUNIOR}(?:, .*)?", re.IGNORECASE)
DEGREES = re.compile(rf"{DEGREE}", re.IGNORECASE)
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
# “Jane Doe, Max Roe” and “López García, María José” look alike.
TWO_NAMES = re.compile(
    r"(?:[^\W\d_a-z][\w’'-]+ ){1,2}[^\W\d_a-z][\w’'-]+, ?"
    r"[^\W\d_a-z][\w’'-]+(?: [^\W\d_a-z][\w’'-]+){1,2}"
)
ONE_NAME = re.compile(r"(?:[^\W\d_A-Z][\w’']* ){0,2}[^\W\d_a-z][\w’'-]+")
GIVEN_NAMES = re.compile(r"[^\W\d_a-z][\w.’'-]*(?: [^\W\d_a-z][\w.’'-]*){0,2}")

# Of one person, the number of the piece that is the family name, or the whole name if
# there is no given one; of the suffix; of the given names.
type Pieces = tuple[int, int | None, int | None]


def with_joined_suffixes(pieces: list[str]) -> list[str]:
    """“Jane Doe”, “MD, PhD”: suffixes that follow one another are one piece."""
    joined = [[piece] for piece in pieces[:2]]
    for piece in pieces[2:]:
        are_suffixes = SUFFIX.fullmatch(piece) and SUFFIX.fullmatch(joined[-1][-1])
        is_degree = " " in pieces[0] and DEGREES.fullmatch(piece)
        if are_suffixes and (len(joined) > 2 or is_degree):
            joined[-1].append(piece)
        else:
            joined.append([piece])
    return list(map(", ".join, joined))


def people_in_commas(pieces: list[str]) -> list[Pieces] | None:
    """Who is named by the pieces between commas; None when that can't be told."""
    match pieces:
        case [_]:
            return [(0, None, None)]
        case [_, _]:
            return one_or_two(*pieces)
        case [_, suffix, _] if SUFFIX.fullmatch(suffix) or suffix[:1].islower():
            return [(0, 1, 2)]
        case [_, _, suffix] if SUFFIX.fullmatch(suffix):
            return [(0, 2, 1)]
    n_pieces = len(pieces)
    if are_whole_names(pieces):
        return [(at, None, None) for at in range(n_pieces)]
    if n_pieces % 2 == 0 and are_pairs(pieces[::2], pieces[1::2]):
        return [(at, None, at + 1) for at in range(0, n_pieces, 2)]
    return None


def one_or_two(first: str, second: str) -> list[Pieces] | None:
    """“Doe, Jane”, “Jane Doe, Jr.”, “J. Doe, R. Roe”"""
    is_suffix = SUFFIX.fullmatch(second) and " " in first
    if is_suffix or JUNIORS.fullmatch(second):
        return [(0, 1, None)]
    if is_eastern(first) and is_eastern(second):
        return None
    if INITIALS_FIRST.fullmatch(first) and FULL_NAME.fullmatch(second):
        return [(0, None, None), (1, None, None)]
    if INITIALS_LAST.fullmatch(first) and INITIALS_LAST.fullmatch(second):
        return [(0, None, None), (1, None, None)]
    return [(0, None, 1)]


def are_whole_names(pieces: list[str]) -> bool:
    """Whether each has a family name and more, and all look alike."""
    kinds = (INITIALS_FIRST, INITIALS_LAST, FULL_NAME)
    return any(all(map(kind.fullmatch, pieces)) for kind in kinds)


def is_eastern(text: str) -> bool:
    """Whether it is a whole name, “김철수”; family names have a sign or two."""
    return len(text) > 2 and EASTERN.fullmatch(text) is not None


def are_pairs(families: list[str], given: list[str]) -> bool:
    if any(map(is_eastern, families)):
        return False
    if all(map(INITIALS.fullmatch, given)):
        return not any(map(INITIALS.fullmatch, families))
    are_named = all(map(ONE_NAME.fullmatch, families))
    return are_named and all(map(GIVEN_NAMES.fullmatch, given))

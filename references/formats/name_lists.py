"""Lists of people in one text whose commas say neither where one ends nor how it is
written: “Doe, J., Roe, R.”, “Jane Doe, Max Roe, Ann Abel”, “Smith AG, Lee CO, Moe B”.

A list that could be read in two ways is not read.
"""

import re

SUFFIX = re.compile(
    r"(jr|sr|jnr|snr|junior|senior|esq|ph\.?\s?d|m\.?\s?d)\.?|I{2,3}|I?V|VI{1,3}"
    r"|[2-9](nd|rd|th)",  # codespell:ignore nd
    re.IGNORECASE,
)
# After a comma these make a body of a name: “Barnes and Noble, Inc.”
COMPANY = re.compile(
    r"(inc|incorporated|ltd|limited|llc|llp|plc|corp|gmbh)\.?", re.IGNORECASE
)
# No person is called so. In BibTeX files bodies often lack their braces.
BODY = re.compile(
    r"\b(?:Organi[sz]ation|Ministry|University|Universität|Université|Department|Council"
    r"|Agency|Institute|Institut|Commission|Committee|Association|Society|Consortium"
    r"|Government|Foundation|Corporation|Company|Collaboration|Team|Bureau|Secretariat"
    r"|Federation|Network|Alliance|Parliament|Authority|Cent(?:re|er)|Partnership"
    r"|Programme|Office|Project|Board|Group|Inc|Ltd|GmbH)\b"
    r"|^(?:World|United|European|International|National|Federal) \w|^[A-Z]{3,}$"
)
ET_AL = re.compile(
    r"[(\[]?(?:(?:and )?(?:(?:\d{1,4} |many |several )?others|\d{1,4} more)"
    r"|et\.? ?al(?:\.|ii|ia)?|u\. ?a\.)[)\]]?",
    re.IGNORECASE,
)
# It says that nobody is named.
NOBODY = re.compile(
    r"anon(?:ym(?:ous|us|e)?)?\.?|n\. ?a\.?|n/a|n\. ?n\.|\[?s\. ?n\.\]?|none|null"
    r"|(?:author )?unknown|(?:unknown|no) authors?(?: (?:given|listed|named))?"
    r"|not (?:available|given|known|stated)",
    re.IGNORECASE,
)
# Longer than any “et al.”, with what parts it from the names.
LONGEST_ET_AL = 60
ET_AL_BEHIND = re.compile(rf"[\s,]{{1,20}}{ET_AL.pattern},?$", re.IGNORECASE)
# What stands beside names and is no part of them: “(Ed.)”, which says what the place
# of the name says already, “<jane@example.org>”, and the marks of footnotes. It is
# looked for in one line, whose spaces are single.
BESIDE = re.compile(
    r"\s?(?:[(\[](?:eds?|editors?|hrsg|hg|authors?)\.?[)\]]|<[^<>@\s]+@[^<>@\s]+>"
    r"|\([^()@\s]+@[^()@\s]+\)"
    r"|(?<=[^\W\d_¹²³⁴⁵⁶⁷⁸⁹])[¹²³⁴⁵⁶⁷⁸⁹*†‡]++(?!\w))",
    re.IGNORECASE,
)
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


def without_others(text: str) -> str:
    """What stands before each “et al.” that ends the text, one or many."""
    end = len(text)
    while found := ET_AL_BEHIND.search(text, max(end - LONGEST_ET_AL, 0), end):
        end = found.start()
    return text[:end]


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


def one_or_two(first: str, second: str) -> list[Pieces]:
    """“Doe, Jane”, “Jane Doe, Jr.”, “J. Doe, R. Roe”"""
    if SUFFIX.fullmatch(second) and " " in first:
        return [(0, 1, None)]
    if INITIALS_FIRST.fullmatch(first) and FULL_NAME.fullmatch(second):
        return [(0, None, None), (1, None, None)]
    if INITIALS_LAST.fullmatch(first) and INITIALS_LAST.fullmatch(second):
        return [(0, None, None), (1, None, None)]
    return [(0, None, 1)]


def are_whole_names(pieces: list[str]) -> bool:
    """Whether each has a family name and more, and all look alike."""
    kinds = (INITIALS_FIRST, INITIALS_LAST, FULL_NAME)
    return any(all(map(kind.fullmatch, pieces)) for kind in kinds)


def are_pairs(families: list[str], given: list[str]) -> bool:
    if all(map(INITIALS.fullmatch, given)):
        return not any(map(INITIALS.fullmatch, families))
    are_named = all(map(ONE_NAME.fullmatch, families))
    return are_named and all(map(GIVEN_NAMES.fullmatch, given))

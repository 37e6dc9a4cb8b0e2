"""Lists of names in BibTeX fields, by the rules of BibTeX and as people break them.

Nothing is guessed of names in braces, because people who write braces know the rules.
A list that can be read in two ways is rejected, so that no author is invented.
"""

import re
from itertools import pairwise
from typing import Any

from references.formats.bibtex_braces import is_braced_group, split_outside_braces
from references.formats.bibtex_single_name import (
    build_person,
    parse_braced_name,
    parse_name_without_comma,
)
from references.formats.latex import collapse_spaces, read_text
from references.formats.messages import shorten
from references.formats.name_lists import (
    FULL_NAME,
    INITIALS_FIRST,
    INITIALS_LAST,
    MAYBE_TWO_NAMES,
    find_people,
    join_suffixes,
)
from references.formats.name_parser import OTHERS_CSL
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
    COMPANY_SUFFIX,
    ORGANIZATION_WORD,
    is_organization_with_comma,
    may_be_organization,
)

# “and”, and what people write instead.
NAME_SEPARATOR = rf" and(?= )|[;\uff1b\u3001]| \|(?= )|{ON_BEHALF_OF}"
AMPERSAND = r" \\?&(?= )"
ONLY_CONJUNCTIONS = re.compile(r"(?:and|[&\s])*", re.IGNORECASE)
# The start of a group, and not of a letter such as {\"o}.
GROUP_START = re.compile(r"\{(?!\\)")
# $^{1,*}$, \textsuperscript{a}, \dag, \thanks{A note.}
FOOTNOTE_SIGN = (
    r"(?:[\d,* ]{1,9}|[a-z](?:, ?[a-z\d*]){0,8}|\\(?:text)?(?:dd?ag(?:ger)?|ast))"
)
FOOTNOTE_MARK = re.compile(
    rf" ?(?:\$\^\{{?{FOOTNOTE_SIGN}\}}?\$|\\textsuperscript\{{{FOOTNOTE_SIGN}\}}"
    r"|\{\\(?:text)?dd?ag(?:ger)?\}|\\(?:text)?dd?ag(?:ger)?(?![a-z])(?:\{\})?"
    r"|\\(?:thanks|footnote|inst|fnref)\{(?:[^{}]|\{[^{}]{0,99}\}){0,500}\}"
    r"|\\footnotemark(?:\[\d{1,3}\])?)"
)
# Quotation marks around a name, and an “&” before the last name.
SURROUNDING_MARKS = re.compile(r'^(?:\\?& )?"?|(?<!\\)"$')
DOTS = re.compile(r"\\l?dots(?![a-z])(?:\{\})?")
# Longer than any name of a person or an organisation.
MAX_NAME_LENGTH = 300
KEY_VALUE_NAME = re.compile(r"\s*[a-z]+(?:-i)?\s*=")
PERSON_NAME = re.compile(
    r"(?:[^\W\d_A-Z]\S* ){0,3}[^\W\d_a-z]\S+(?: [^\W\d_a-z]\S+)?, ?"
    r"[^\W\d_a-z]\S*(?: [^\W\d_a-z]\S*){0,2}"
)
# Organisations whose names may continue after “and”.
OPEN_ENDED_ORGANIZATION = re.compile(r"[^,]* (?:of|for|on) ")
# “Health” of “Health and Safety Executive”, but not a whole name in Chinese, Japanese
# or Korean characters.
SINGLE_WORD = re.compile(r"(?![\u3040-\u9fff\uac00-\ud7af])[^\W\d_][\w.’'-]*")
# “Barnes and Noble, Inc.”, “Smith, Adam and Sons Ltd.”
COMPANY_WITH_AND = re.compile(
    rf"(?:\S+ and [\w’'-]+|.* and (?:Sons|Co|Company|Partners|Associates)\b[^,]*),? "
    rf"{COMPANY_SUFFIX.pattern}",
    re.IGNORECASE,
)


class AmbiguousNamesError(Exception):
    """A list of names can be read in several ways; the text says which."""


def parse_name_list(latex: str) -> list[dict[str, Any]]:
    """Return the CSL names of a field; OTHERS_CSL for “and others” and “et al.”.

    Raises AmbiguousNamesError.
    """
    latex = FOOTNOTE_MARK.sub("", collapse_spaces(latex.replace("~", " ")))
    latex = DOTS.sub("…", latex)
    latex = " and others and ".join(split_outside_braces(latex, ELLIPSIS))
    latex = strip_outer_braces(latex)
    pieces = split_outside_braces(f" {latex} ", NAME_SEPARATOR)
    texts = [SURROUNDING_MARKS.sub("", piece.strip(" ,")) for piece in pieces]
    texts = [text for text in texts if not ONLY_CONJUNCTIONS.fullmatch(text)]
    reject_ambiguous_organizations(texts)
    reject_mixed_names(texts)
    names = (name for text in texts for name in parse_names(text))
    return [name for name in names if name.get("literal") != ""]


def strip_braced_text(latex: str) -> str:
    """Remove text in braces, and replace marks of footnotes by “*”."""
    return re.sub(r"\{[^{}]*\}", "", FOOTNOTE_MARK.sub("*", latex))


def strip_outer_braces(latex: str) -> str:
    """Remove braces around a whole list: “{Doe, Jane and Roe, Max}”."""
    if not is_braced_group(latex):
        return latex
    inner = latex[1:-1]
    names = [
        name.strip() for name in split_outside_braces(f" {inner} ", NAME_SEPARATOR)
    ]
    is_list = len(names) > 1 and all(map(is_person_name, names))
    return inner if is_list or strip_et_al(inner) != inner else latex


def is_person_name(text: str) -> bool:
    return len(text) <= MAX_NAME_LENGTH and PERSON_NAME.fullmatch(text) is not None


def reject_ambiguous_organizations(texts: list[str]) -> None:
    """Raise an error for “Department of Health and Social Care”, which isn't two."""
    for text, following in pairwise(texts):
        both = f"{text} and {following}"
        if GROUP_START.search(both) or is_et_al(text) or is_et_al(following):
            continue
        if may_be_one_organization(text[:MAX_NAME_LENGTH], following[:MAX_NAME_LENGTH]):
            words = f"“{shorten(both)}” may be one organisation or two"
            raise AmbiguousNamesError(f"{words}; put each organisation in braces.")


def may_be_one_organization(text: str, following: str) -> bool:
    """Whether the texts around an “and” may be one name, and aren't clearly people."""
    if COMPANY_WITH_AND.fullmatch(f"{text} and {following}"):
        return True
    if is_clearly_person(following):
        return False
    words = [each for each in (text, following) if SINGLE_WORD.fullmatch(each)]
    has_word = any(
        not (ORGANIZATION_WORD.search(word) or is_placeholder_name(word))
        for word in words
    )
    is_open_ended = OPEN_ENDED_ORGANIZATION.match(text) is not None
    return is_open_ended or (has_word and not is_clearly_person(text))


def is_clearly_person(text: str) -> bool:
    """Whether the text is like “Doe, J.”, “J. Doe” or “Doe J”."""
    pieces = [piece.strip() for piece in text.split(",")]
    has_initials = INITIALS_FIRST.fullmatch(text) or INITIALS_LAST.fullmatch(text)
    has_comma = len(pieces) > 1
    is_inverted = has_comma and not is_organization_with_comma(pieces[0], pieces[1:])
    return bool(is_inverted or (has_initials and not ORGANIZATION_WORD.search(text)))


def reject_mixed_names(texts: list[str]) -> None:
    """Raise an error for “Jane Doe, Max Roe and Ann Abel”.

    The last name has no comma, so “Jane Doe, Max Roe” may well be two people.
    """
    doubtful = next(filter(MAYBE_TWO_NAMES.fullmatch, texts), None)
    if doubtful and any(map(FULL_NAME.fullmatch, texts)):
        words = f"“{shorten(doubtful)}” may be one person or two"
        raise AmbiguousNamesError(f"{words}; separate people with “and”.")


def parse_names(latex: str) -> list[dict[str, Any]]:
    """Return the CSL names between two “and”: one, or several separated by commas."""
    if is_et_al(latex):
        return [OTHERS_CSL]
    if (named := strip_et_al(latex)) != latex:
        return [*parse_names(named), OTHERS_CSL]
    if KEY_VALUE_NAME.match(latex):
        return list(filter(None, [parse_key_value_name(latex)]))
    if GROUP_START.search(latex):
        return [parse_braced_name(latex)]
    if is_placeholder_name(latex):
        return [{"literal": read_text(latex)}]
    latex = NAME_ANNOTATION.sub("", latex)
    sides = [side.strip() for side in split_outside_braces(latex, AMPERSAND)]
    if len(sides) > 1:
        return parse_names_with_ampersand(latex, sides)
    return parse_comma_list(latex)


def parse_names_with_ampersand(latex: str, sides: list[str]) -> list[dict[str, Any]]:
    """Parse “Doe, J. & Roe, R.” as two people, “Barnes & Noble” as an organisation."""
    if all(re.search("[ ,]", side) for side in sides):
        return [name for side in sides for name in parse_comma_list(side.strip(" ,"))]
    return [{"literal": read_text(latex)}]


def parse_comma_list(latex: str) -> list[dict[str, Any]]:
    """Return the CSL names of one name, or of several separated by commas."""
    pieces = list(filter(None, map(str.strip, split_outside_braces(latex, ","))))
    pieces = join_suffixes(pieces)
    texts = [read_text(piece) for piece in pieces]
    whole = read_text(latex)
    if is_organization(texts):
        return [{"literal": whole}]
    if UNCLEAR_CONJUNCTION.search(", ".join(texts)) or may_be_organization(texts):
        words = f"“{shorten(whole)}” may be one name, several"
        raise AmbiguousNamesError(f"{words}, or an organisation.")
    people = find_people(texts)
    if people is None:
        raise AmbiguousNamesError(f"“{shorten(whole)}” is not a list of names.")
    names = []
    for family_at, suffix_at, given_at in people:
        suffix = "" if suffix_at is None else pieces[suffix_at]
        last = split_outside_braces(pieces[family_at], " ")
        if given_at is None:
            is_listed = len(people) > 1
            names.append(parse_name_without_comma(last, suffix, is_listed=is_listed))
        else:
            given = split_outside_braces(pieces[given_at], " ")
            names.append(build_person(given, last, suffix))
    return names


def is_organization(texts: list[str]) -> bool:
    """Whether the texts between commas are an organisation for sure."""
    if len(texts) == 1:
        return ORGANIZATION_WORD.search(texts[0]) is not None
    return len(texts) == 2 and is_organization_with_comma(texts[0], texts[1:])


def parse_key_value_name(latex: str) -> dict[str, Any]:
    """Parse “family=Hoven, given=J., prefix=van” (biblatex manual, section 3.4)."""
    parts: dict[str, str] = {}
    for piece in split_outside_braces(latex, ","):
        name, _, value = piece.partition("=")
        parts[name.strip().lower()] = value.strip().strip('"')
    if "xdata" in parts:
        words = f"“{shorten(latex)}” refers to a name that is defined elsewhere."
        raise AmbiguousNamesError(words)
    family = parts.get("family", "")
    given = " ".join(parts[name] for name in ("given", "middle") if parts.get(name))
    if is_braced_group(family) and not given:
        return {"literal": read_text(family)}
    texts = {
        "family": family or given,
        "given": given if family else "",
        "non-dropping-particle": parts.get("prefix", ""),
        "suffix": parts.get("suffix", ""),
    }
    read = {part: read_text(latex) for part, latex in texts.items()}
    return {part: text for part, text in read.items() if text}

"""One name of a BibTeX list, parsed into the parts that CSL has.

http://mirrors.ctan.org/info/bibtex/tamethebeast/ttb_en.pdf, section 11
"""

from typing import Any

from references.formats.bibtex_braces import (
    find_group_end,
    is_braced_group,
    is_lowercase_word,
    split_outside_braces,
)
from references.formats.latex import read_text
from references.formats.name_lists import INITIALS, SUFFIX
from references.formats.name_parser import JOINED_PARTICLE_ENDINGS
from references.formats.organisation_names import (
    ORGANIZATION_SUFFIX,
    ORGANIZATION_WORD,
)

# José Ortega y Gasset
SURNAME_CONJUNCTIONS = ("y", "e", "i")


def parse_braced_name(latex: str) -> dict[str, Any]:
    """Return the CSL name of a name with braces, by the rules of BibTeX."""
    if is_braced_group(latex):
        return {"literal": read_text(latex)}
    last, *others = [part.strip() for part in split_outside_braces(latex, ",")]
    if not others:
        return build_person(*split_given_and_family(split_outside_braces(last, " ")))
    *suffix, first = others
    given, family = (split_outside_braces(text, " ") for text in (first, last))
    return build_person(given, family, ", ".join(suffix))


def parse_name_without_comma(
    words: list[str], suffix: str, *, is_listed: bool
) -> dict[str, Any]:
    """Parse “Jane Doe”, “John Doe Jr.”, “Doe JM” or “World Health Organization”.

    ``is_listed`` says that the name is one of several between commas, so that “AG” are
    initials and not the legal form of a company.
    """
    text = read_text(" ".join(words))
    if ORGANIZATION_WORD.search(text) and not suffix:
        return {"literal": text}
    *others, last = words
    if others and not suffix and SUFFIX.fullmatch(last) and len(others) > 1:
        return build_person(*split_given_and_family(others), last)
    if others and INITIALS.fullmatch(last) and not INITIALS.fullmatch(others[-1]):
        if ORGANIZATION_SUFFIX.fullmatch(last) and not is_listed:
            return {"literal": text}
        return build_person([last], others, suffix)
    return build_person(*split_given_and_family(words), suffix)


def split_given_and_family(words: list[str]) -> tuple[list[str], list[str]]:
    """Return “Charlotte” and “van Eijk”: split before the first lower-case word."""
    lowercase = (at for at, word in enumerate(words[:-1]) if is_lowercase_word(word))
    at = next(lowercase, len(words) - 1)
    if at > 1 and words[at] in SURNAME_CONJUNCTIONS:
        at -= 1
    return words[:at], words[at:]


def build_person(first: list[str], last: list[str], suffix: str = "") -> dict[str, Any]:
    """Return the CSL name of the words before and after the comma.

    Words in lower case or in braces after the given names are a dropping particle.
    """
    at = len(first)
    while at > 1 and may_be_particle(first[at - 1]):
        at -= 1
    particle, family = split_particle_and_family(last)
    parts = {
        "family": family,
        "given": " ".join(first[:at]),
        "dropping-particle": " ".join(first[at:]),
        "non-dropping-particle": particle,
        "suffix": suffix,
    }
    texts = {part: read_text(value) for part, value in parts.items()}
    return {part: text for part, text in texts.items() if text}


def may_be_particle(word: str) -> bool:
    return is_lowercase_word(word) or is_braced_group(word)


def split_particle_and_family(words: list[str]) -> tuple[str, str]:
    """Return “van der” and “Wekken”, or “{d’}” and “Ormesson”."""
    head = words[0][: find_group_end(words[0])]
    if is_braced_group(words[0]) and len(words) > 1:
        return words[0], " ".join(words[1:])
    is_joined = read_text(head).endswith(JOINED_PARTICLE_ENDINGS)
    if is_braced_group(head) and is_joined and head != words[0]:
        return head, " ".join([words[0][len(head) :], *words[1:]])
    others = (at for at, word in enumerate(words) if not is_lowercase_word(word))
    at = min(next(others, len(words)), len(words) - 1)
    return " ".join(words[:at]), " ".join(words[at:])

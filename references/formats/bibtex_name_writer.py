"""Names as BibTeX fields have them, such that each part of a name can be read back.

An organisation is one group in braces. In a personal name, braces keep together what
BibTeX would split: “{Ortega y Gasset}, José”. A particle is in braces if BibTeX
wouldn't recognise it, because it begins with a capital or is joined to the name:
“{Van} Ryzin, G.”, “{d’}Ormesson, J.” A dropping particle follows the given names:
“Goethe, J. W. von”.

http://mirrors.ctan.org/info/bibtex/tamethebeast/ttb_en.pdf, section 11
"""

import re

from references.csl import OTHERS, Name
from references.formats.bibtex_braces import is_braced_group
from references.formats.latex import escape_in_braces, escape_latex, starts_lowercase
from references.formats.name_lists import find_people, join_suffixes
from references.formats.name_parser import JOINED_PARTICLE_ENDINGS, build_surname
from references.formats.name_patterns import (
    ELLIPSIS,
    NAME_ANNOTATION,
    ON_BEHALF_OF,
    TRAILING_ET_AL,
    UNCLEAR_CONJUNCTION,
    is_et_al,
    is_placeholder_name,
)
from references.formats.organisation_names import (
    ORGANIZATION_WORD,
    is_organization_with_comma,
    may_be_organization,
)

SEPARATOR = re.compile(
    rf"[,;|&=\"\uff1b\u3001]|{ELLIPSIS}|{ON_BEHALF_OF}", re.IGNORECASE
)


def write_names(names: list[Name]) -> str:
    """Return the LaTeX of a field: “van Eijk, C. and {Nesta} and others”."""
    texts = list(map(write_name, names))
    # Readers such as ours may take two single words for an organisation: “A and B”.
    single = {text for text in texts if re.fullmatch(r"[^\s,{]+", text)} - {"others"}
    if len(single) > 1:
        texts = [f"{text}, {{}}" if text in single else text for text in texts]
    return " and ".join(texts)


def write_name(name: Name) -> str:
    if name == OTHERS:
        return "others"
    if name.literal:
        return escape_in_braces(name.literal)
    last = f"{write_leading_particle(name)}{write_family(name)}"
    first = " ".join(filter(None, [write_given(name), write_dropping_particle(name)]))
    if name.suffix:
        return f"{last}, {brace_if_split(name.suffix)}, {first or '{}'}"
    if not first and not is_one_word(last):
        first = "{}"
    return f"{last}, {first}" if first else last


def write_leading_particle(name: Name) -> str:
    text = name.non_dropping_particle
    if not text:
        return ""
    if text.endswith(JOINED_PARTICLE_ENDINGS):
        return escape_in_braces(text)
    return f"{write_particle(text)} "


def write_dropping_particle(name: Name) -> str:
    return write_particle(name.dropping_particle or "")


def write_particle(text: str) -> str:
    is_recognised = not text or all(map(starts_lowercase, text.split(" ")))
    return brace_if_split(text) if is_recognised else escape_in_braces(text)


def write_family(name: Name) -> str:
    text = name.family or ""
    words = text.split(" ")
    has_lowercase = len(words) > 1 and any(map(starts_lowercase, words))
    needs_braces = has_lowercase or would_be_misread(name)
    return escape_in_braces(text) if needs_braces else brace_if_split(text)


def would_be_misread(name: Name) -> bool:
    """Whether our own reader would see several names or an organisation in it."""
    first = " ".join(filter(None, [name.given, name.dropping_particle]))
    pieces = list(filter(None, [build_surname(name), name.suffix, first]))
    text = ", ".join(pieces)
    if UNCLEAR_CONJUNCTION.search(text) or NAME_ANNOTATION.search(text):
        return True
    if is_placeholder_name(text):
        return True
    if len(pieces) == 1:
        return ORGANIZATION_WORD.search(text) is not None
    if may_be_organization(pieces) or is_organization_with_comma(pieces[0], pieces[1:]):
        return True
    people = find_people(join_suffixes(pieces))
    return people != [(0, 1, 2) if name.suffix else (0, None, 1)]


def write_given(name: Name) -> str:
    """Return the given names, or empty braces if only a particle would be there."""
    text = name.given or ""
    if not text:
        return "{}" if name.dropping_particle else ""
    *words, last = text.split(" ")
    needs_braces = words and starts_lowercase(last)
    return escape_in_braces(text) if needs_braces else brace_if_split(text)


def brace_if_split(text: str) -> str:
    """Escape the text; add braces if a reader would split or skip it."""
    words = text.lower().split(" ")
    is_split = SEPARATOR.search(f" {text} ") or "and" in words
    ends_list = is_et_al(text) or TRAILING_ET_AL.search(text)
    is_skipped = NAME_ANNOTATION.search(text)
    needs_braces = is_split or ends_list or is_skipped
    return escape_in_braces(text) if needs_braces else escape_latex(text)


def is_one_word(latex: str) -> bool:
    return " " not in latex and not is_braced_group(latex)

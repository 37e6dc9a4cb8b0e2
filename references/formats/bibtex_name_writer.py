"""Names in BibTeX files and back, so that each part of a name returns as it was.

A body is one group in braces. Of a person, braces keep together what BibTeX would part:
“{Ortega y Gasset}, José”. A particle is in braces when BibTeX wouldn't know it for one,
as it begins with a capital or touches the name: “{Van} Ryzin, G.”, “{d’}Ormesson, J.”
Given names end with the particle that goes with them: “Goethe, J. W. von”.

http://mirrors.ctan.org/info/bibtex/tamethebeast/ttb_en.pdf, section 11
"""

import re

from references.csl import OTHERS, Name
from references.formats.latex import braced, escaped, is_lower, text_in
from references.formats.name_lists import people_in_commas, with_joined_suffixes
from references.formats.name_parser import TIGHT, surname
from references.formats.name_patterns import (
    BEHALF,
    BESIDE,
    ELLIPSIS,
    ET_AL_BEHIND,
    GLUED,
    is_nobody,
    is_others,
)
from references.formats.organisation_names import BODY, is_body_in_commas, may_be_body

PARTING = re.compile(rf"[,;|&=\"\uff1b\u3001]|{ELLIPSIS}|{BEHALF}", re.IGNORECASE)


def written(names: list[Name]) -> str:
    texts = list(map(written_name, names))
    # Two words beside an “and” might be parts of a body, to readers such as ours.
    bare = {text for text in texts if re.fullmatch(r"[^\s,{]+", text)} - {"others"}
    if len(bare) > 1:
        texts = [f"{text}, {{}}" if text in bare else text for text in texts]
    return " and ".join(texts)


def written_name(name: Name) -> str:
    if name == OTHERS:
        return "others"
    if name.literal:
        return braced(name.literal)
    last = f"{particle(name)}{family(name.family or '', is_kept=is_mistaken(name))}"
    first = " ".join(filter(None, [given(name), dropping(name)]))
    if name.suffix:
        return f"{last}, {kept_together(name.suffix)}, {first or '{}'}"
    if not first and not is_one_word(last):
        first = "{}"
    return f"{last}, {first}" if first else last


def particle(name: Name) -> str:
    text = name.non_dropping_particle
    if not text:
        return ""
    if text.endswith(TIGHT):
        return braced(text)
    return f"{written_particle(text)} "


def dropping(name: Name) -> str:
    return written_particle(name.dropping_particle or "")


def written_particle(text: str) -> str:
    is_known = not text or all(map(is_lower, text.split(" ")))
    return kept_together(text) if is_known else braced(text)


def is_mistaken(name: Name) -> bool:
    """Whether our own reader would take it for a list of names, or for a body."""
    first = " ".join(filter(None, [name.given, name.dropping_particle]))
    pieces = list(filter(None, [surname(name), name.suffix, first]))
    text = ", ".join(pieces)
    if GLUED.search(text) or BESIDE.search(text) or is_nobody(text):
        return True
    if len(pieces) == 1:
        return BODY.search(text) is not None
    if may_be_body(pieces) or is_body_in_commas(pieces[0], pieces[1:]):
        return True
    people = people_in_commas(with_joined_suffixes(pieces))
    return people != [(0, 1, 2) if name.suffix else (0, None, 1)]


def family(text: str, *, is_kept: bool) -> str:
    words = text.split(" ")
    has_lower = len(words) > 1 and any(map(is_lower, words))
    return braced(text) if has_lower or is_kept else kept_together(text)


def given(name: Name) -> str:
    """Before a particle something must stand, if only empty braces."""
    text = name.given or ""
    if not text:
        return "{}" if name.dropping_particle else ""
    *words, last = text.split(" ")
    return braced(text) if words and is_lower(last) else kept_together(text)


def kept_together(text: str) -> str:
    """In braces if BibTeX would part it, take it for “and others” or pass it over."""
    words = text.lower().split(" ")
    is_parted = PARTING.search(f" {text} ") or "and" in words
    ends_list = is_others(text) or ET_AL_BEHIND.search(text)
    is_passed_over = BESIDE.search(text)
    is_kept = is_parted or ends_list or is_passed_over
    return braced(text) if is_kept else escaped(text)


def is_one_word(latex: str) -> bool:
    return " " not in latex and not is_group(latex)


def is_lower_word(latex: str) -> bool:
    """Words in braces have no case, letters made by a macro have."""
    return not is_group(latex) and is_lower(text_in(latex))


def is_group(latex: str) -> bool:
    r"""Whether it is all in one pair of braces, and not a letter like {\'e}."""
    is_braced = latex.startswith("{") and not latex.startswith("{\\")
    return is_braced and end_of_group(latex) == len(latex)


MARK = re.compile(r"\\.|[{}]")


def end_of_group(latex: str) -> int:
    """Where the group ends with which the text begins; 0 without one."""
    depth = 0
    for found in MARK.finditer(latex):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth < 1:
            return found.end() if latex.startswith("{") else 0
    return 0


def outside(latex: str, separator: str) -> list[str]:
    """Split where the separator, a regular expression, stands outside of braces.

    Signs of HTML, as “&uuml;”, are no place for one.
    """
    pieces, depth, start = [], 0, 0
    marks = rf"\\.|[{{}}]|&#?\w{{1,8}};|(?P<cut>{separator})"
    for found in re.finditer(marks, latex, re.IGNORECASE):
        depth = max(depth + {"{": 1, "}": -1}.get(found[0], 0), 0)
        if found["cut"] and not depth:
            pieces.append(latex[start : found.start()])
            start = found.end()
    return [*pieces, latex[start:]]

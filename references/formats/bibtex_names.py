"""Names in BibTeX files and back, so that each part of a name returns as it was.

A body is one group in braces. Of a person, braces keep together what BibTeX would part:
“{Ortega y Gasset}, José”. A particle is in braces when BibTeX wouldn't know it for one,
as it begins with a capital or touches the name: “{Van} Ryzin, G.”, “{d’}Ormesson, J.”
Given names end with the particle that goes with them: “Goethe, J. W. von”.

http://mirrors.ctan.org/info/bibtex/tamethebeast/ttb_en.pdf, section 11
"""

import re
from typing import Any

from references.csl import OTHERS, Name
from references.formats.latex import braced, escaped, is_lower, one_line, text_in
from references.formats.people import OTHERS_CSL, TIGHT


def written(names: list[Name]) -> str:
    return " and ".join(map(written_name, names))


def written_name(name: Name) -> str:
    if name == OTHERS:
        return "others"
    if name.literal:
        return braced(name.literal)
    last = f"{particle(name)}{family(name.family or '')}"
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


def family(text: str) -> str:
    words = text.split(" ")
    has_lower = len(words) > 1 and any(map(is_lower, words))
    return braced(text) if has_lower else kept_together(text)


def given(name: Name) -> str:
    """Before a particle something must stand, if only empty braces."""
    text = name.given or ""
    if not text:
        return "{}" if name.dropping_particle else ""
    *words, last = text.split(" ")
    return braced(text) if words and is_lower(last) else kept_together(text)


def kept_together(text: str) -> str:
    """In braces if BibTeX would part it, or take it for “and others”."""
    words = text.lower().split(" ")
    is_parted = "," in text or "and" in words or words == ["others"]
    return braced(text) if is_parted else escaped(text)


def is_one_word(latex: str) -> bool:
    return " " not in latex and not is_group(latex)


def names_in(latex: str) -> list[dict[str, Any]]:
    """CSL names; of “and others” the one that says so."""
    names = outside(one_line(latex.replace("~", " ")), " and(?= )")
    return [name_in(name.strip()) for name in names if name.strip()]


def name_in(latex: str) -> dict[str, Any]:
    if latex.lower() == "others":
        return OTHERS_CSL
    if is_group(latex):
        return {"literal": text_in(latex)}
    last, *others = [part.strip() for part in outside(latex, ",")]
    if not others:
        return person(*first_and_last(outside(last, " ")))
    *suffix, first = others
    return person(outside(first, " "), outside(last, " "), ", ".join(suffix))


def first_and_last(words: list[str]) -> tuple[list[str], list[str]]:
    """“Charlotte”, “van Eijk”: parted before the first word in lower case."""
    lower = (at for at, word in enumerate(words[:-1]) if is_lower_word(word))
    at = next(lower, len(words) - 1)
    return words[:at], words[at:]


def person(first: list[str], last: list[str], suffix: str = "") -> dict[str, Any]:
    at = len(first)
    while at > 1 and (is_lower_word(first[at - 1]) or is_group(first[at - 1])):
        at -= 1
    before, name = particle_and_family(last)
    parts = {
        "family": name,
        "given": " ".join(first[:at]),
        "dropping-particle": " ".join(first[at:]),
        "non-dropping-particle": before,
        "suffix": suffix,
    }
    texts = {part: text_in(value) for part, value in parts.items()}
    return {part: text for part, text in texts.items() if text}


def particle_and_family(words: list[str]) -> tuple[str, str]:
    head = words[0][: end_of_group(words[0])]
    if is_group(words[0]) and len(words) > 1:
        return words[0], " ".join(words[1:])
    if is_group(head) and text_in(head).endswith(TIGHT) and head != words[0]:
        return head, " ".join([words[0][len(head) :], *words[1:]])
    lower = [at for at, word in enumerate(words[:-1]) if is_lower_word(word)]
    at = lower[-1] + 1 if lower else 0
    return " ".join(words[:at]), " ".join(words[at:])


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
    """Split where the separator, a regular expression, stands outside of braces."""
    pieces, depth, start = [], 0, 0
    for found in re.finditer(rf"\\.|[{{}}]|(?P<cut>{separator})", latex, re.IGNORECASE):
        depth = max(depth + {"{": 1, "}": -1}.get(found[0], 0), 0)
        if found["cut"] and not depth:
            pieces.append(latex[start : found.start()])
            start = found.end()
    return [*pieces, latex[start:]]

"""Names in BibTeX files, read: by its rules, and as people write them otherwise.

Who writes braces knows the rules, so there nothing is guessed. Where it can't be told
who is meant, nobody is taken.
"""

import re
from itertools import pairwise
from typing import Any

from references.formats.bibtex_name_writer import (
    end_of_group,
    is_group,
    is_lower_word,
    outside,
)
from references.formats.dois_and_urls import shortened
from references.formats.latex import one_line, text_in
from references.formats.name_lists import (
    FULL_NAME,
    INITIALS,
    INITIALS_FIRST,
    INITIALS_LAST,
    SUFFIX,
    TWO_NAMES,
    people_in_commas,
    with_joined_suffixes,
)
from references.formats.name_parser import OTHERS_CSL, TIGHT
from references.formats.name_patterns import (
    BEHALF,
    BESIDE,
    ELLIPSIS,
    GLUED,
    is_nobody,
    is_others,
    without_others,
)
from references.formats.organisation_names import (
    BODY,
    COMPANY,
    OF_BODIES,
    is_body_in_commas,
    may_be_body,
)

# What parts names: “and”, and what people write for it.
BETWEEN = rf" and(?= )|[;\uff1b\u3001]| \|(?= )|{BEHALF}"
AMPERSAND = r" \\?&(?= )"
LONE_AND = re.compile(r"(?:and|[&\s])*", re.IGNORECASE)
# A group, and no letter such as {\"o}.
GROUP = re.compile(r"\{(?!\\)")
# $^{1,*}$, \textsuperscript{a}, \dag, \thanks{A note.}
SIGN = r"(?:[\d,* ]{1,9}|[a-z](?:, ?[a-z\d*]){0,8}|\\(?:text)?(?:dd?ag(?:ger)?|ast))"
FOOTNOTE = re.compile(
    rf" ?(?:\$\^\{{?{SIGN}\}}?\$|\\textsuperscript\{{{SIGN}\}}"
    r"|\{\\(?:text)?dd?ag(?:ger)?\}|\\(?:text)?dd?ag(?:ger)?(?![a-z])(?:\{\})?"
    r"|\\(?:thanks|footnote|inst|fnref)\{(?:[^{}]|\{[^{}]{0,99}\}){0,500}\}"
    r"|\\footnotemark(?:\[\d{1,3}\])?)"
)
# Quotation marks around each name, and an “&” before the last.
AROUND = re.compile(r'^(?:\\?& )?"?|(?<!\\)"$')
DOTS = re.compile(r"\\l?dots(?![a-z])(?:\{\})?")
# No name of one person or body is longer.
LONGEST_NAME = 300
ASSIGNED = re.compile(r"\s*[a-z]+(?:-i)?\s*=")
PERSON = re.compile(
    r"(?:[^\W\d_A-Z]\S* ){0,3}[^\W\d_a-z]\S+(?: [^\W\d_a-z]\S+)?, ?"
    r"[^\W\d_a-z]\S*(?: [^\W\d_a-z]\S*){0,2}"
)
# A body whose name may go on behind an “and”.
OPEN_BODY = re.compile(r"[^,]* (?:of|for|on) ")
# “Health and Safety Executive”, and no whole name in Eastern signs.
WORD = re.compile(r"(?![\u3040-\u9fff\uac00-\ud7af])[^\W\d_][\w.’'-]*")
# “Barnes and Noble, Inc.”, “Smith, Adam and Sons Ltd.”
PARTED_COMPANY = re.compile(
    rf"(?:\S+ and [\w’'-]+|.* and (?:Sons|Co|Company|Partners|Associates)\b[^,]*),? "
    rf"{COMPANY.pattern}",
    re.IGNORECASE,
)
# José Ortega y Gasset
JOINING = ("y", "e", "i")


class UnclearNamesError(Exception):
    """A list of which can't be told who is in it."""


def names_in(latex: str) -> list[dict[str, Any]]:
    """CSL names; of “and others” and “et al.” the one that says so.

    Raises UnclearNamesError.
    """
    latex = DOTS.sub("…", FOOTNOTE.sub("", one_line(latex.replace("~", " "))))
    latex = unwrapped(" and others and ".join(outside(latex, ELLIPSIS)))
    texts = [text.strip(" ,") for text in outside(f" {latex} ", BETWEEN)]
    texts = [AROUND.sub("", text) for text in texts]
    texts = [text for text in texts if not LONE_AND.fullmatch(text)]
    refuse_parted_bodies(texts)
    refuse_mixed_names(texts)
    names = (name for text in texts for name in people_in(text))
    return [name for name in names if name.get("literal") != ""]


def unprotected(latex: str) -> str:
    """Without what stands in braces, and with a “*” for each mark of a footnote."""
    return re.sub(r"\{[^{}]*\}", "", FOOTNOTE.sub("*", latex))


def unwrapped(latex: str) -> str:
    """Without braces around a whole list: “{Doe, Jane and Roe, Max}”."""
    if not is_group(latex):
        return latex
    inner = latex[1:-1]
    names = [name.strip() for name in outside(f" {inner} ", BETWEEN)]
    is_list = len(names) > 1 and all(map(is_person, names))
    return inner if is_list or without_others(inner) != inner else latex


def is_person(text: str) -> bool:
    return len(text) <= LONGEST_NAME and PERSON.fullmatch(text) is not None


def refuse_parted_bodies(texts: list[str]) -> None:
    """“Department of Health and Social Care” is no two authors."""
    for text, following in pairwise(texts):
        both = f"{text} and {following}"
        if GROUP.search(both) or is_others(text) or is_others(following):
            continue
        if may_be_one(text[:LONGEST_NAME], following[:LONGEST_NAME]):
            words = f"“{shortened(both)}” may be one body or two"
            raise UnclearNamesError(f"{words}; braces say which.")


def may_be_one(text: str, following: str) -> bool:
    """Whether they may be parts of a body, as nothing says that they are people."""
    if PARTED_COMPANY.fullmatch(f"{text} and {following}"):
        return True
    if is_surely_person(following):
        return False
    words = [each for each in (text, following) if WORD.fullmatch(each)]
    has_word = any(not (BODY.search(word) or is_nobody(word)) for word in words)
    return OPEN_BODY.match(text) is not None or (
        has_word and not is_surely_person(text)
    )


def is_surely_person(text: str) -> bool:
    """“Doe, J.”, “J. Doe”, “Doe J”"""
    pieces = [piece.strip() for piece in text.split(",")]
    has_initials = INITIALS_FIRST.fullmatch(text) or INITIALS_LAST.fullmatch(text)
    is_parted = len(pieces) > 1 and not is_body_in_commas(pieces[0], pieces[1:])
    return bool(is_parted or (has_initials and not BODY.search(text)))


def refuse_mixed_names(texts: list[str]) -> None:
    """Of “Jane Doe, Max Roe and Ann Abel” the first are two, though commas say one."""
    doubtful = next(filter(TWO_NAMES.fullmatch, texts), None)
    if doubtful and any(map(FULL_NAME.fullmatch, texts)):
        words = f"“{shortened(doubtful)}” may be one person or two"
        raise UnclearNamesError(f"{words}; part people with “and”.")


def people_in(latex: str) -> list[dict[str, Any]]:
    """Those named between two “and”: one, or several in commas."""
    if is_others(latex):
        return [OTHERS_CSL]
    if (named := without_others(latex)) != latex:
        return [*people_in(named), OTHERS_CSL]
    if ASSIGNED.match(latex):
        return list(filter(None, [assigned_name(latex)]))
    if GROUP.search(latex):
        return [name_in(latex)]
    if is_nobody(latex):
        return [{"literal": text_in(latex)}]
    latex = BESIDE.sub("", latex)
    both = [side.strip() for side in outside(latex, AMPERSAND)]
    if len(both) > 1:
        return people_beside_ampersand(latex, both)
    return people_in_pieces(latex)


def people_beside_ampersand(latex: str, both: list[str]) -> list[dict[str, Any]]:
    """“Doe, J. & Roe, R.” are two, “Barnes & Noble” is a body."""
    if all(re.search("[ ,]", side) for side in both):
        return [name for side in both for name in people_in_pieces(side.strip(" ,"))]
    return [{"literal": text_in(latex)}]


def people_in_pieces(latex: str) -> list[dict[str, Any]]:
    pieces = list(filter(None, map(str.strip, outside(latex, ","))))
    pieces = with_joined_suffixes(pieces)
    texts = [text_in(piece) for piece in pieces]
    is_body = BODY.search(texts[0]) if len(texts) == 1 else None
    if is_body or (len(texts) == 2 and is_body_in_commas(texts[0], texts[1:])):
        return [{"literal": text_in(latex)}]
    if GLUED.search(", ".join(texts)) or may_be_body(texts):
        words = f"“{shortened(text_in(latex))}” may be one name or several"
        raise UnclearNamesError(f"{words}, or a body.")
    people = people_in_commas(texts)
    if people is None:
        raise UnclearNamesError(f"“{shortened(text_in(latex))}” is no list of names.")
    names = []
    for family, suffix, given in people:
        end = "" if suffix is None else pieces[suffix]
        last = outside(pieces[family], " ")
        if given is None:
            names.append(whole_name(last, end, is_listed=len(people) > 1))
        else:
            names.append(person(outside(pieces[given], " "), last, end))
    return names


def whole_name(words: list[str], suffix: str, *, is_listed: bool) -> dict[str, Any]:
    """“Jane Doe”, “John Doe Jr.”, “Doe JM”, “World Health Organization”"""
    text = text_in(" ".join(words))
    if BODY.search(text) and not suffix:
        return {"literal": text}
    *others, last = words
    if others and not suffix and SUFFIX.fullmatch(last) and len(others) > 1:
        return person(*first_and_last(others), last)
    if others and INITIALS.fullmatch(last) and not INITIALS.fullmatch(others[-1]):
        if OF_BODIES.fullmatch(last) and not is_listed:
            return {"literal": text}
        return person([last], others, suffix)
    return person(*first_and_last(words), suffix)


def assigned_name(latex: str) -> dict[str, Any]:
    """“family=Hoven, given=J., prefix=van”, as biblatex has it (manual, 3.4)."""
    parts: dict[str, str] = {}
    for piece in outside(latex, ","):
        name, _, value = piece.partition("=")
        parts[name.strip().lower()] = value.strip().strip('"')
    if "xdata" in parts:
        raise UnclearNamesError(f"“{shortened(latex)}” stands for a name elsewhere.")
    family = parts.get("family", "")
    given = " ".join(parts[name] for name in ("given", "middle") if parts.get(name))
    if is_group(family) and not given:
        return {"literal": text_in(family)}
    texts = {
        "family": family or given,
        "given": given if family else "",
        "non-dropping-particle": parts.get("prefix", ""),
        "suffix": parts.get("suffix", ""),
    }
    read = {part: text_in(latex) for part, latex in texts.items()}
    return {part: text for part, text in read.items() if text}


def name_in(latex: str) -> dict[str, Any]:
    """One name with braces, by the rules of BibTeX."""
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
    if at > 1 and words[at] in JOINING:
        at -= 1
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
    others = (at for at, word in enumerate(words) if not is_lower_word(word))
    at = min(next(others, len(words)), len(words) - 1)
    return " ".join(words[:at]), " ".join(words[at:])

"""One entry of a BibTeX file as a work."""

import re
from collections.abc import Iterable
from itertools import batched

from references.formats.bibtex_dates import put_dates
from references.formats.bibtex_field_choice import MOVABLE, MOVE, MOVED, MOVES
from references.formats.bibtex_fields import (
    ADDITIONS,
    ANNOTATIONS,
    BIBLATEX_TYPES,
    CORRECTION,
    GENRES,
    NUMBERED_KINDS,
    PARAGRAPH,
    REPORT,
    REPORT_KINDS,
    SITE_KINDS,
    SUBTITLES,
    SUBTYPES_OF_CSL,
    THESIS_KINDS,
    TYPES,
    USED,
    VARIABLES,
)
from references.formats.bibtex_inheritance import Fields
from references.formats.bibtex_name_parser import (
    UnclearNamesError,
    names_in,
    unprotected,
)
from references.formats.citekeys import KEY
from references.formats.dois_and_urls import shortened
from references.formats.latex import (
    address_in,
    text_and_unknown,
    text_in,
    title_in,
)
from references.formats.reader import Draft, Remarks, doubts_of_names
from references.title_markup import unmarked

ADDRESS = re.compile(
    r"\\(?:url|nolinkurl|href)\s*\{([^{}]*)\}|(https?://(?:\([^\s{}()]*\)|[^\s{}()<>])+)",
    re.IGNORECASE,
)
# Words beside an address that say no more than that it is one.
LABELS = frozenset(
    {
        *("available", "retrieved", "accessed", "published", "online", "at", "from"),
        *("on", "in", "under", "via", "url", "web", "website", "webpage", "page"),
        *("site", "www", "link", "see", "and", "or"),
    }
)
WORD = re.compile(r"\w+")
# “(accessed 3 May 2014)”, “last accessed: 2014-05-03”
ACCESSED = re.compile(
    r"[(\[]?\b(?:last )?(?:accessed|retrieved|visited|viewed|checked)\b"
    r"[^()\[\]]{0,20}\d[^()\[\]]{0,40}[)\]]?",
    re.IGNORECASE,
)
EMPTY = re.compile(r"[(\[<]\s?[)\]>]")
BEFORE_PAGES = re.compile(r"^(pp?|pages?|S|Seiten?)\b\.?[\s~]*(?=\w)", re.IGNORECASE)
TITLES = {"booktitle": "title", "booksubtitle": "subtitle"}
TITLES |= {"booktitleaddon": "titleaddon"}
KNOWN_KINDS = {*TYPES, "misc"}
SINGLE_HYPHEN = re.compile(r"(?<!-)-(?!-)")
MOST_NAMED = 20


def put_fields(draft: Draft, kind: str, fields: Fields) -> Remarks:
    draft.put("type", type_of(kind, fields))
    if kind not in KNOWN_KINDS and "entrysubtype" not in fields:
        draft.leave_out("type", f"“{shortened(kind)}” is not known.")
    if TYPES.get(kind) == "book" and "title" not in fields:
        # The title of the book, and of no other.
        fields = {TITLES.get(name, name): fields[name] for name in fields}
    put_links(draft, fields)
    put_texts(draft, kind, fields)
    put_numbers(draft, kind, fields)
    put_custom(draft, fields)
    put_language(draft, fields)
    yield from put_people(draft, fields)
    yield from put_dates(draft, fields)
    yield from unknown_macros(fields)


def some_of(names: Iterable[str]) -> str:
    """The names in their order, each shortened, and how many there are more."""
    first, *others = batched(sorted(names), MOST_NAMED)
    n_more = sum(map(len, others))
    more = f" and {n_more:,} more" if n_more else ""
    return f"{', '.join(name[:60] for name in first)}{more}"


def unknown_macros(fields: Fields) -> Remarks:
    for name in sorted((fields.keys() & USED) - {"doi", "url"}):
        latex, line = fields[name]
        if "\\" in latex and (unknown := text_and_unknown(latex)[1]):
            sentence = f"This LaTeX isn’t known here: {some_of(unknown)}. Please check."
            yield line, name, sentence


def type_of(kind: str, fields: Fields) -> str:
    """What the subtype says, or else the kind of entry."""
    subtype = fields.get("entrysubtype", ("", 0))[0]
    if subtype in SUBTYPES_OF_CSL:
        return SUBTYPES_OF_CSL[subtype]
    if subtype in BIBLATEX_TYPES:
        return subtype
    published = fields.get("howpublished", ("", 0))[0]
    has_address = "url" in fields or ADDRESS.search(published)
    return TYPES.get(kind) or ("webpage" if has_address else "document")


def put_links(draft: Draft, fields: Fields) -> None:
    for field, variable in (("doi", "DOI"), ("url", "URL")):
        if field in fields:
            latex, line = fields[field]
            draft.put(variable, address_in(latex), line)


def put_text(draft: Draft, variable: str, text: str, field: str, line: int) -> None:
    """Keep it, or tell when another field says something else in its place."""
    if text and draft.item.get(variable, text) != text:
        reason = f"“{shortened(text)}” stands beside another {variable}."
        draft.leave_out(field, reason, line)
    draft.put(variable, text, line)


def put_moved(draft: Draft, fields: Fields) -> Fields:
    """Keep what our own files have in fields of other names; gives the others."""
    says = fields.get(MOVED, ("", 0))[0]
    moves = dict(MOVE.findall(says)) if MOVES.fullmatch(says) else {}
    if not moves.keys() <= MOVABLE or not fields.keys() >= {*moves.values()}:
        return fields
    for variable, place in moves.items():
        latex, line = fields[place]
        draft.put(variable, text_in(latex), line)
    gone = {*moves.values(), *([MOVED] if moves else [])}
    return {name: value for name, value in fields.items() if name not in gone}


def put_texts(draft: Draft, kind: str, fields: Fields) -> None:
    for field, variable in VARIABLES.items():
        if field in fields:
            latex, line = fields[field]
            if field == "howpublished":
                text = put_how_published(draft, latex, line)
            elif field == "type":
                text = genre_in(kind, latex)
            else:
                text = whole_text(kind, field, fields)
            put_text(draft, variable, text, field, line)
    if kind in SITE_KINDS and "titleaddon" in fields:
        latex, line = fields["titleaddon"]
        put_text(draft, "container-title", text_in(latex), "titleaddon", line)
    if kind in THESIS_KINDS:
        draft.put("genre", GENRES[kind])
    for field in ("titleaddon", "subtitle"):
        if "title" not in draft.item and field in fields:
            draft.put("title", title_in(fields[field][0]), fields[field][1])


def genre_in(kind: str, latex: str) -> str:
    """Empty where it says no more than that a report is one."""
    if kind in REPORT_KINDS and latex == REPORT:
        return ""
    return GENRES.get(latex) or text_in(latex)


def put_how_published(draft: Draft, latex: str, line: int) -> str:
    """Keep the address in it; gives what it says beside."""
    if not (found := ADDRESS.findall(latex)):
        return text_in(latex)
    for address in filter(None, (inside or bare for inside, bare in found)):
        put_text(draft, "URL", address_in(address), "howpublished", line)
    text = text_in(ADDRESS.sub(" ", latex))
    for remark in ACCESSED.findall(text):
        words = f"“{shortened(remark)}” stands beside an address."
        draft.leave_out("howpublished", words, line)
    text = EMPTY.sub("", ACCESSED.sub(" ", text)).strip(" ,;:.")
    is_label = LABELS.issuperset(WORD.findall(text.lower()))
    return "" if is_label else " ".join(text.split())


def whole_text(kind: str, field: str, fields: Fields) -> str:
    """With its subtitle, what is added to it, and the number of a series."""
    read = title_in if field == "title" else text_in
    text = read(fields[field][0])
    others = [(SUBTITLES, ":", ":.?!"), (ADDITIONS, ".", ".?!")]
    if kind in SITE_KINDS:
        others.pop()
    for names, mark, ends in others:
        if added := read(fields.get(names.get(field, ""), ("", 0))[0]):
            has_end = unmarked(text).endswith(tuple(ends))
            text += f"{'' if has_end else mark} {added}"
    if field == "series" and "number" in fields and kind not in NUMBERED_KINDS:
        text += f" {text_in(fields['number'][0])}"
    return text


def put_numbers(draft: Draft, kind: str, fields: Fields) -> None:
    """In articles “number” is that of the issue, in a series that of the volume."""
    number = "issue" if kind == "article" else "number"
    variables = {"number": number, "eid": "number", "issue": "issue"}
    if "series" in fields and kind not in NUMBERED_KINDS:
        del variables["number"]
    for field, variable in variables.items():
        if field in fields:
            latex, line = fields[field]
            put_text(draft, variable, text_in(latex), field, line)
    if "pages" in fields:
        latex, line = fields["pages"]
        draft.put("page", pages_in(latex), line)


def pages_in(latex: str) -> str:
    """“12-19” of “pp. 12--19”; where pages have hyphens themselves, “C3-2–C3-5”."""
    dash = "–" if SINGLE_HYPHEN.search(latex) else "-"
    return text_in(BEFORE_PAGES.sub("", latex).replace("--", dash))


def put_language(draft: Draft, fields: Fields) -> None:
    for field in ("langid", "language", "hyphenation"):
        if field in fields:
            latex, line = fields[field]
            draft.put_language(text_in(latex), line)


def put_custom(draft: Draft, fields: Fields) -> None:
    custom: dict[str, object] = {}
    notes = [draft.item.get("note", "")]
    line = draft.line
    for field in ANNOTATIONS:
        latex, at = fields.get(field, ("", 0))
        for paragraph in latex.split(PARAGRAPH):
            if paragraph.startswith(CORRECTION):
                custom["correction"] = text_in(paragraph.removeprefix(CORRECTION))
                line = at
            elif note := text_in(paragraph):
                notes.append(note)
                draft.lines.setdefault("note", at)
    if any(notes):
        draft.item["note"] = "\n".join(filter(None, dict.fromkeys(notes)))
    if "ids" in fields:
        latex, line = fields["ids"]
        keys = [key.strip() for key in latex.split(",")]
        custom["former-keys"] = [key for key in keys if KEY.fullmatch(key)]
    draft.put("custom", custom, line)


def put_people(draft: Draft, fields: Fields) -> Remarks:
    for role in ("author", "editor"):
        if role not in fields:
            continue
        latex, line = fields[role]
        yield from doubts_of_names(role, unprotected(latex), line)
        try:
            names = names_in(latex)
        except UnclearNamesError as error:
            draft.leave_out(role, str(error), line)
            continue
        yield from draft.put_people(role, names, line)

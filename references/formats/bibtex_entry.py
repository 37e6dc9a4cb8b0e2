"""One entry of a BibTeX file as a work."""

import re
from collections.abc import Iterable
from itertools import batched

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
from references.formats.bibtex_parents import Fields
from references.formats.bibtex_people import UnclearNamesError, names_in, unprotected
from references.formats.bibtex_places import MOVABLE, MOVE, MOVED, MOVES
from references.formats.keys import KEY
from references.formats.latex import (
    address_in,
    text_and_unknown,
    text_in,
    title_in,
)
from references.formats.links import shortened
from references.formats.reading import Draft, Remarks, doubts_of_names
from references.formats.written_dates import month_and_day
from references.markup import unmarked

ADDRESS = re.compile(
    r"\\(?:url|nolinkurl|href)\s*\{([^{}]*)\}|(https?://[^\s{}]+)", re.IGNORECASE
)
# Words beside an address that say no more than that it is one.
LABEL = re.compile(
    r"\W*((available|retrieved|accessed|published)\W+)?"
    r"(online|at|from|on|url|web|website|web ?page|www|link|see|https?:.*)?\W*",
    re.IGNORECASE,
)
BEFORE_PAGES = re.compile(r"^(pp?|pages?|S|Seiten?)\b\.?[\s~]*(?=\w)", re.IGNORECASE)
KNOWN_KINDS = {*TYPES, "misc"}
SINGLE_HYPHEN = re.compile(r"(?<!-)-(?!-)")
MOST_NAMED = 20


def put_fields(draft: Draft, kind: str, fields: Fields) -> Remarks:
    draft.put("type", type_of(kind, fields))
    if kind not in KNOWN_KINDS and "entrysubtype" not in fields:
        draft.leave_out("type", f"“{shortened(kind)}” is not known.")
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
    if not (found := ADDRESS.search(latex)):
        return text_in(latex)
    put_text(draft, "URL", address_in(found[1] or found[2]), "howpublished", line)
    beside = f"{latex[: found.start()]} {latex[found.end() :]}"
    text = text_in(beside).strip(" ,;:.()[]<>")
    return "" if LABEL.fullmatch(text) else text


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


def put_dates(draft: Draft, fields: Fields) -> Remarks:
    year, year_line = fields.get("year", ("", 0))
    month = fields.get("month", ("", 0))[0]
    day = fields.get("day", ("", 0))[0]
    parts = month_and_day(text_in(f"{month} {day}"))
    written = {
        "issued": fields.get("date", (f"{year}{parts}", year_line)),
        "accessed": fields.get("urldate", ("", 0)),
    }
    for variable, (text, line) in written.items():
        if date := text_in(text):
            yield from draft.put_date(variable, date, line)
    if month and not parts:
        yield fields["month"][1], "month", f"“{month}” is no month; it is left out."

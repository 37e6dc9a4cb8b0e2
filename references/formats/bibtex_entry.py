"""One entry of a BibTeX file as a work."""

import re

from references.formats.bibtex_fields import (
    ANNOTATIONS,
    BIBLATEX_TYPES,
    CORRECTION,
    GENRES,
    PARAGRAPH,
    SUBTITLES,
    SUBTYPES_OF_CSL,
    THESIS_KINDS,
    TYPES,
    VARIABLES,
)
from references.formats.bibtex_names import names_in
from references.formats.keys import KEY
from references.formats.latex import address_in, text_in
from references.formats.reading import Draft, Remarks
from references.formats.written_dates import month_and_day

# Field → its LaTeX and its line.
type Fields = dict[str, tuple[str, int]]

ADDRESS = re.compile(r"\\url\s*\{([^{}]*)\}|(https?://\S+)", re.IGNORECASE)
USED = {
    *("author", "editor", "doi", "url", "date", "year", "month", "day", "urldate"),
    *("pages", "number", "issue", "eid", "langid", "language", "hyphenation", "ids"),
    *(*ANNOTATIONS, "entrysubtype", "options", *SUBTITLES.values()),
    *VARIABLES,
}


def put_fields(draft: Draft, kind: str, fields: Fields) -> Remarks:
    draft.put("type", type_of(kind, fields))
    put_links(draft, fields)
    put_texts(draft, kind, fields)
    put_numbers(draft, kind, fields)
    put_custom(draft, fields)
    put_language(draft, fields)
    yield from put_people(draft, fields)
    yield from put_dates(draft, fields)
    if left_out := sorted(fields.keys() - USED):
        sentence = f"Works here have no place for: {', '.join(left_out)}."
        yield draft.line, "", sentence


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


def put_texts(draft: Draft, kind: str, fields: Fields) -> None:
    for field, variable in VARIABLES.items():
        if field not in fields:
            continue
        latex, line = fields[field]
        if field == "howpublished" and (found := ADDRESS.search(latex)):
            draft.put("URL", address_in(found[1] or found[2]), line)
            continue
        text = text_in(latex)
        if SUBTITLES.get(field) in fields:
            text = f"{text}: {text_in(fields[SUBTITLES[field]][0])}"
        draft.put(variable, GENRES.get(latex, text) if field == "type" else text, line)
    if kind in THESIS_KINDS:
        draft.put("genre", GENRES[kind])


def put_numbers(draft: Draft, kind: str, fields: Fields) -> None:
    """In articles “number” is that of the issue."""
    number = "issue" if kind == "article" else "number"
    variables = {"number": number, "eid": "number", "issue": "issue"}
    for field, variable in variables.items():
        if field in fields:
            latex, line = fields[field]
            draft.put(variable, text_in(latex), line)
    if "pages" in fields:
        latex, line = fields["pages"]
        draft.put("page", text_in(latex.replace("--", "-")), line)


def put_language(draft: Draft, fields: Fields) -> None:
    for field in ("langid", "language", "hyphenation"):
        if field in fields:
            latex, line = fields[field]
            draft.put_language(text_in(latex), line)


def put_custom(draft: Draft, fields: Fields) -> None:
    custom: dict[str, object] = {}
    line = draft.line
    for field in ANNOTATIONS:
        latex, at = fields.get(field, ("", 0))
        for paragraph in latex.split(PARAGRAPH):
            if paragraph.startswith(CORRECTION):
                custom["correction"] = text_in(paragraph.removeprefix(CORRECTION))
                line = at
            else:
                draft.put("note", text_in(paragraph), at)
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
        yield from draft.put_people(role, names_in(latex), line)


def put_dates(draft: Draft, fields: Fields) -> Remarks:
    year, year_line = fields.get("year", ("", 0))
    month = fields.get("month", ("", 0))[0]
    day = fields.get("day", ("", 0))[0]
    parts = month_and_day(f"{month} {day}")
    written = {
        "issued": fields.get("date", (f"{text_in(year)}{parts}", year_line)),
        "accessed": fields.get("urldate", ("", 0)),
    }
    for variable, (text, line) in written.items():
        if text:
            yield from draft.put_date(variable, text, line)
    if month and not parts:
        yield fields["month"][1], "month", f"“{month}” is no month; it is left out."

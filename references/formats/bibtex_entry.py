"""The fields of one BibTeX entry, converted to CSL variables."""

import re

from references.formats.bibtex_dates import add_dates
from references.formats.bibtex_field_choice import (
    MOVABLE_VARIABLES,
    MOVE,
    MOVES,
    MOVES_FIELD,
)
from references.formats.bibtex_fields import (
    ANNOTATION_FIELDS,
    BIBLATEX_ENTRY_TYPES,
    CORRECTION_PREFIX,
    CSL_TYPES,
    CSL_TYPES_BY_SUBTYPE,
    CSL_VARIABLES,
    GENRES_BY_CODE,
    KNOWN_FIELDS,
    NUMBERED_ENTRY_TYPES,
    PARAGRAPH_BREAK,
    REPORT_ENTRY_TYPES,
    REPORT_GENRE,
    SUBTITLE_FIELDS,
    THESIS_ENTRY_TYPES,
    TITLE_ADDITION_FIELDS,
    WEB_ENTRY_TYPES,
)
from references.formats.bibtex_inheritance import Fields
from references.formats.bibtex_name_parser import (
    AmbiguousNamesError,
    parse_name_list,
    strip_braced_text,
)
from references.formats.citekeys import CITEKEY
from references.formats.latex import (
    read_text,
    read_text_and_unknown,
    read_title,
    read_url,
)
from references.formats.messages import list_names, shorten
from references.formats.reader import EntryBuilder, Warnings, find_name_warnings
from references.title_markup import strip_markup

URL = re.compile(
    r"\\(?:url|nolinkurl|href)\s*\{([^{}]*)\}|(https?://(?:\([^\s{}()]*\)|[^\s{}()<>])+)",
    re.IGNORECASE,
)
# Words that only label an address.
URL_LABELS = frozenset(
    {
        *("available", "retrieved", "accessed", "published", "online", "at", "from"),
        *("on", "in", "under", "via", "url", "web", "website", "webpage", "page"),
        *("site", "www", "link", "see", "and", "or"),
    }
)
WORD = re.compile(r"\w+")
# “(accessed 3 May 2014)”, “last accessed: 2014-05-03”
ACCESS_REMARK = re.compile(
    r"[(\[]?\b(?:last )?(?:accessed|retrieved|visited|viewed|checked)\b"
    r"[^()\[\]]{0,20}\d[^()\[\]]{0,40}[)\]]?",
    re.IGNORECASE,
)
EMPTY_BRACKETS = re.compile(r"[(\[<]\s?[)\]>]")
PAGE_LABEL = re.compile(r"^(pp?|pages?|S|Seiten?)\b\.?[\s~]*(?=\w)", re.IGNORECASE)
BOOK_TITLE_FIELDS = {"booktitle": "title", "booksubtitle": "subtitle"}
BOOK_TITLE_FIELDS |= {"booktitleaddon": "titleaddon"}
KNOWN_ENTRY_TYPES = {*CSL_TYPES, "misc"}
SINGLE_HYPHEN = re.compile(r"(?<!-)-(?!-)")


def add_fields(builder: EntryBuilder, entry_type: str, fields: Fields) -> Warnings:
    """Add every field that works have a variable for; yield warnings."""
    builder.set_variable("type", find_csl_type(entry_type, fields))
    if entry_type not in KNOWN_ENTRY_TYPES and "entrysubtype" not in fields:
        builder.omit("type", f"“{shorten(entry_type)}” is not known.")
    if CSL_TYPES.get(entry_type) == "book" and "title" not in fields:
        # The entry is the book itself, so “booktitle” is its own title.
        fields = {BOOK_TITLE_FIELDS.get(name, name): fields[name] for name in fields}
    add_links(builder, fields)
    add_texts(builder, entry_type, fields)
    add_numbers(builder, entry_type, fields)
    add_custom(builder, fields)
    add_language(builder, fields)
    yield from add_people(builder, fields)
    yield from add_dates(builder, fields)
    yield from find_unknown_macros(fields)


def find_unknown_macros(fields: Fields) -> Warnings:
    for name in sorted((fields.keys() & KNOWN_FIELDS) - {"doi", "url"}):
        latex, line = fields[name]
        if "\\" in latex and (unknown := read_text_and_unknown(latex)[1]):
            macros = list_names(unknown)
            yield line, name, f"Unknown LaTeX: {macros}. Please check."


def find_csl_type(entry_type: str, fields: Fields) -> str:
    """Return the CSL type of the field “entrysubtype”, or of the type of entry."""
    subtype = fields.get("entrysubtype", ("", 0))[0]
    if subtype in CSL_TYPES_BY_SUBTYPE:
        return CSL_TYPES_BY_SUBTYPE[subtype]
    if subtype in BIBLATEX_ENTRY_TYPES:
        return subtype
    published = fields.get("howpublished", ("", 0))[0]
    has_address = "url" in fields or URL.search(published)
    return CSL_TYPES.get(entry_type) or ("webpage" if has_address else "document")


def add_links(builder: EntryBuilder, fields: Fields) -> None:
    for field, variable in (("doi", "DOI"), ("url", "URL")):
        if field in fields:
            latex, line = fields[field]
            builder.set_variable(variable, read_url(latex), line)


def add_text(
    builder: EntryBuilder, variable: str, text: str, field: str, line: int
) -> None:
    """Set the variable; report the text if another field has set another one."""
    if text and builder.item.get(variable, text) != text:
        reason = f"“{shorten(text)}” is a second {variable}."
        builder.omit(field, reason, line)
    builder.set_variable(variable, text, line)


def restore_moved_fields(builder: EntryBuilder, fields: Fields) -> Fields:
    """Set variables that our writer moved to other fields; return the other fields."""
    text = fields.get(MOVES_FIELD, ("", 0))[0]
    moves = dict(MOVE.findall(text)) if MOVES.fullmatch(text) else {}
    if not moves.keys() <= MOVABLE_VARIABLES or not fields.keys() >= {*moves.values()}:
        return fields
    for variable, field in moves.items():
        latex, line = fields[field]
        builder.set_variable(variable, read_text(latex), line)
    used = {*moves.values(), *([MOVES_FIELD] if moves else [])}
    return {name: value for name, value in fields.items() if name not in used}


def add_texts(builder: EntryBuilder, entry_type: str, fields: Fields) -> None:
    for field, variable in CSL_VARIABLES.items():
        if field in fields:
            latex, line = fields[field]
            if field == "howpublished":
                text = add_how_published(builder, latex, line)
            elif field == "type":
                text = read_genre(entry_type, latex)
            else:
                text = join_text(entry_type, field, fields)
            add_text(builder, variable, text, field, line)
    if entry_type in WEB_ENTRY_TYPES and "titleaddon" in fields:
        latex, line = fields["titleaddon"]
        add_text(builder, "container-title", read_text(latex), "titleaddon", line)
    if entry_type in THESIS_ENTRY_TYPES:
        builder.set_variable("genre", GENRES_BY_CODE[entry_type])
    for field in ("titleaddon", "subtitle"):
        if "title" not in builder.item and field in fields:
            latex, line = fields[field]
            builder.set_variable("title", read_title(latex), line)


def read_genre(entry_type: str, latex: str) -> str:
    """Return the genre; empty if it only says that a report is a report."""
    if entry_type in REPORT_ENTRY_TYPES and latex == REPORT_GENRE:
        return ""
    return GENRES_BY_CODE.get(latex) or read_text(latex)


def add_how_published(builder: EntryBuilder, latex: str, line: int) -> str:
    """Set the URL in the field, and return the rest of its text."""
    if not (found := URL.findall(latex)):
        return read_text(latex)
    for address in filter(None, (inside or bare for inside, bare in found)):
        add_text(builder, "URL", read_url(address), "howpublished", line)
    text = read_text(URL.sub(" ", latex))
    for remark in ACCESS_REMARK.findall(text):
        words = f"“{shorten(remark)}” is not part of a web address."
        builder.omit("howpublished", words, line)
    text = EMPTY_BRACKETS.sub("", ACCESS_REMARK.sub(" ", text)).strip(" ,;:.")
    is_label = URL_LABELS.issuperset(WORD.findall(text.lower()))
    return "" if is_label else " ".join(text.split())


def join_text(entry_type: str, field: str, fields: Fields) -> str:
    """Return the field with its subtitle, addition or number of the series."""
    read = read_title if field == "title" else read_text
    text = read(fields[field][0])
    others = [(SUBTITLE_FIELDS, ":", ":.?!"), (TITLE_ADDITION_FIELDS, ".", ".?!")]
    if entry_type in WEB_ENTRY_TYPES:
        others.pop()
    for names, separator, endings in others:
        if added := read(fields.get(names.get(field, ""), ("", 0))[0]):
            has_ending = strip_markup(text).endswith(tuple(endings))
            text += f"{'' if has_ending else separator} {added}"
    if (
        field == "series"
        and "number" in fields
        and entry_type not in NUMBERED_ENTRY_TYPES
    ):
        text += f" {read_text(fields['number'][0])}"
    return text


def add_numbers(builder: EntryBuilder, entry_type: str, fields: Fields) -> None:
    """Set issue, number and pages.

    “number” is that of the issue in an article, and that of the volume in a series.
    """
    number = "issue" if entry_type == "article" else "number"
    variables = {"number": number, "eid": "number", "issue": "issue"}
    if "series" in fields and entry_type not in NUMBERED_ENTRY_TYPES:
        del variables["number"]
    for field, variable in variables.items():
        if field in fields:
            latex, line = fields[field]
            add_text(builder, variable, read_text(latex), field, line)
    if "pages" in fields:
        latex, line = fields["pages"]
        builder.set_variable("page", read_pages(latex), line)


def read_pages(latex: str) -> str:
    """Return “12-19” of “pp. 12--19”; “C3-2–C3-5” if page numbers have hyphens."""
    dash = "–" if SINGLE_HYPHEN.search(latex) else "-"
    return read_text(PAGE_LABEL.sub("", latex).replace("--", dash))


def add_language(builder: EntryBuilder, fields: Fields) -> None:
    for field in ("langid", "language", "hyphenation"):
        if field in fields:
            latex, line = fields[field]
            builder.set_language(read_text(latex), line)


def add_custom(builder: EntryBuilder, fields: Fields) -> None:
    """Add annotations to the note, and set the correction and the former keys."""
    custom: dict[str, object] = {}
    notes = [builder.item.get("note", "")]
    line = builder.line
    for field in ANNOTATION_FIELDS:
        latex, at = fields.get(field, ("", 0))
        for paragraph in latex.split(PARAGRAPH_BREAK):
            if paragraph.startswith(CORRECTION_PREFIX):
                correction = paragraph.removeprefix(CORRECTION_PREFIX)
                custom["correction"], line = read_text(correction), at
            elif note := read_text(paragraph):
                notes.append(note)
                builder.lines.setdefault("note", at)
    if any(notes):
        builder.item["note"] = "\n".join(filter(None, dict.fromkeys(notes)))
    if "ids" in fields:
        latex, line = fields["ids"]
        keys = [key.strip() for key in latex.split(",")]
        custom["former-keys"] = [key for key in keys if CITEKEY.fullmatch(key)]
    builder.set_variable("custom", custom, line)


def add_people(builder: EntryBuilder, fields: Fields) -> Warnings:
    for role in ("author", "editor"):
        if role not in fields:
            continue
        latex, line = fields[role]
        yield from find_name_warnings(role, strip_braced_text(latex), line)
        try:
            names = parse_name_list(latex)
        except AmbiguousNamesError as error:
            builder.omit(role, str(error), line)
            continue
        yield from builder.set_names(role, names, line)

"""Writes BibTeX and BibLaTeX files: UTF-8, one field a line."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from references.csl import Name, Work
from references.formats.bibtex_field_choice import (
    MOVES_FIELD,
    SPARE_FIELDS,
    choose_entry_type,
    choose_fields,
)
from references.formats.bibtex_fields import (
    BIBLATEX,
    BIBTEX,
    CORRECTION_PREFIX,
    CSL_TYPES,
    GENRES_BY_CODE,
    PARAGRAPH_BREAK,
    REPORT_ENTRY_TYPES,
    REPORT_GENRE,
    SUBTYPES,
    Dialect,
)
from references.formats.bibtex_name_writer import brace_if_split, write_names
from references.formats.languages import BABEL_NAMES, BIBLATEX_NAMES
from references.formats.latex import (
    encode_url,
    escape_in_braces,
    escape_latex,
    protect_case,
    protect_title,
)
from references.formats.work_format import (
    LOSES_CHAPTER_POSITION,
    LOSES_LINE_BREAKS,
    Loss,
    collapse_to_line,
    encode_pieces,
    format_iso_date,
    map_texts,
)
from references.partial_date import PartialDate

# Programs that guess the encoding, such as JabRef, look for it in the first line.
ENCODING_COMMENT = "% Encoding: UTF-8\n"
# Macros of BibTeX, which each style replaces by its own name of the month.
MONTHS = [
    *("jan", "feb", "mar", "apr", "may", "jun"),
    *("jul", "aug", "sep", "oct", "nov", "dec"),
]
# Fields whose case programs change.
TITLE_FIELDS = ("title", "titleaddon", "booktitle", "series", "eventtitle")
INVALID_KEY_CHARACTERS = re.compile(r"[^\w.:+/-]+")

type Fields = Iterator[tuple[str, str]]


def write_entries(works: Iterable[Work], *, dialect: Dialect) -> Iterator[str]:
    yield ENCODING_COMMENT
    for work in works:
        yield build_entry(map_texts(work, collapse_to_line), dialect)


def build_entry(work: Work, dialect: Dialect) -> str:
    entry_type = choose_entry_type(work, dialect)
    field_names, moves = choose_fields(work, dialect, entry_type)
    fields = [
        *build_name_fields(work),
        *build_text_fields(work, dialect, field_names),
        *build_extra_fields(work, dialect, entry_type, moves),
        *build_date_fields(work, dialect),
        *build_link_fields(work),
        *build_note_fields(work, dialect, entry_type),
    ]
    key = INVALID_KEY_CHARACTERS.sub("-", work.key)
    lines = [f"  {name} = {value},\n" for name, value in fields]
    return f"\n@{entry_type}{{{key},\n{''.join(lines)}}}\n"


def build_name_fields(work: Work) -> Fields:
    for role in ("author", "editor"):
        names: list[Name] = getattr(work, role)
        if names:
            yield role, f"{{{write_names(names)}}}"


def build_text_fields(
    work: Work, dialect: Dialect, field_names: dict[str, str]
) -> Fields:
    is_english = (work.language or "en").lower().startswith("en")
    protect = partial(protect_case, is_english=is_english)
    writers = FIELD_WRITERS | dict.fromkeys(TITLE_FIELDS, protect)
    writers["title"] = partial(protect_title, is_english=is_english)
    if dialect is BIBTEX:
        # Its styles set the genre of a report in lower case. pandoc shows the braces.
        writers["type"] = partial(write_genre, write_other=protect)
    for variable, field in {"title": "title", **field_names}.items():
        text = work.marked_title if field == "title" else getattr(work, variable)
        yield field, f"{{{writers.get(field, escape_latex)(text)}}}"


def build_extra_fields(
    work: Work, dialect: Dialect, entry_type: str, moves: str
) -> Fields:
    """Yield fields that styles require, and the field that lists moved variables."""
    if entry_type in REPORT_ENTRY_TYPES and not work.genre and "=type" not in moves:
        yield "type", f"{{{REPORT_GENRE}}}"
    if dialect is BIBTEX and not work.author:
        yield "key", f"{{{escape_latex(work.title)}}}"
    if moves:
        yield MOVES_FIELD, f"{{{moves}}}"


def write_pages(text: str) -> str:
    """Escape the pages, with two hyphens in a range: 3--5."""
    return escape_latex(text).replace("-", "--")


def write_genre(text: str, write_other: Callable[[str], str] = escape_latex) -> str:
    """Escape the genre, in braces if biblatex or our reader would replace the word."""
    is_replaced = text in GENRES_BY_CODE or text == REPORT_GENRE
    return escape_in_braces(text) if is_replaced else write_other(text)


# Lists in biblatex, whose items are separated by “and”.
LIST_FIELDS = [
    *("publisher", "institution", "school", "organization", "location", "address")
]
FIELD_WRITERS: dict[str, Callable[[str], str]] = {"pages": write_pages}
FIELD_WRITERS |= {"type": write_genre}
FIELD_WRITERS |= dict.fromkeys([*LIST_FIELDS, *SPARE_FIELDS], brace_if_split)


def build_date_fields(work: Work, dialect: Dialect) -> Fields:
    if work.issued and dialect is BIBLATEX:
        yield "date", f"{{{format_iso_date(work.issued)}}}"
    elif work.issued:
        yield from build_bibtex_date(work.issued)
    if work.accessed:
        yield "urldate", f"{{{format_iso_date(work.accessed)}}}"


def build_bibtex_date(date: PartialDate) -> Fields:
    yield "year", f"{{{date.year}}}"
    if date.month:
        yield "month", MONTHS[date.month - 1]
    if date.day:
        yield "day", f"{{{date.day}}}"


def build_link_fields(work: Work) -> Fields:
    for field in ("doi", "url"):
        if address := getattr(work, field):
            yield field, f"{{{encode_url(address)}}}"


def build_note_fields(work: Work, dialect: Dialect, entry_type: str) -> Fields:
    """Yield fields that programs understand, and that styles rarely print."""
    if work.language:
        babel = BABEL_NAMES.get(work.language, "")
        if babel:
            yield "langid", f"{{{babel}}}"
        # Zotero reads only this field. biblatex prints it, and expects a word.
        word = BIBLATEX_NAMES.get(babel, babel) if dialect is BIBLATEX else ""
        yield "language", f"{{{word or escape_latex(work.language)}}}"
    if annotation := PARAGRAPH_BREAK.join(build_annotations(work)):
        yield dialect.annotation_field, f"{{{annotation}}}"
    if CSL_TYPES.get(entry_type) != work.type:
        yield "entrysubtype", f"{{{SUBTYPES.get(work.type, work.type)}}}"
    if work.custom.former_keys:
        keys = [INVALID_KEY_CHARACTERS.sub("-", key) for key in work.custom.former_keys]
        yield "ids", f"{{{','.join(keys)}}}"
    if any(name.non_dropping_particle for name in work.author + work.editor):
        # Without it biblatex cites van Eijk as Eijk.
        yield "options", "{useprefix=true}"


def build_annotations(work: Work) -> Iterator[str]:
    """Yield the note and the correction. Styles print “note”, but not annotations."""
    if work.note:
        # Empty braces keep our reader from taking a note for a correction.
        before = "{}" if work.note.startswith(CORRECTION_PREFIX) else ""
        yield f"{before}{escape_latex(work.note)}"
    if work.custom.correction:
        yield f"{CORRECTION_PREFIX}{escape_latex(work.custom.correction)}"


def encode_links(work: Work) -> Work:
    """Return the work with its DOI and URL percent-encoded as in a file."""
    links = {name: getattr(work, name) for name in ("doi", "url")}
    encoded = {name: text and encode_url(text) for name, text in links.items()}
    return work.model_copy(update=encoded)


LOSSES = (
    LOSES_LINE_BREAKS,
    LOSES_CHAPTER_POSITION,
    Loss(
        "braces, backslashes and spaces in web addresses and DOIs",
        "percent-encoded, which leads to the same page",
        encode_links,
    ),
)
write_biblatex = encode_pieces(partial(write_entries, dialect=BIBLATEX))
write_bibtex = encode_pieces(partial(write_entries, dialect=BIBTEX))

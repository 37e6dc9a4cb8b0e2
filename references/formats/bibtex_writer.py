"""BibTeX and BibLaTeX files, written. UTF-8, one field a line."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from references.csl import Name, Work
from references.formats.bibtex_field_choice import FREE, MOVED, fields_of, kind_of
from references.formats.bibtex_fields import (
    BIBLATEX,
    BIBTEX,
    CORRECTION,
    GENRES,
    PARAGRAPH,
    REPORT,
    REPORT_KINDS,
    SUBTYPES,
    TYPES,
    Dialect,
)
from references.formats.bibtex_name_writer import kept_together, written
from references.formats.languages import BABEL, WORDS
from references.formats.latex import (
    braced,
    escaped,
    protected,
    protected_title,
    verbatim,
)
from references.formats.work_format import (
    NO_PLACE,
    ONE_LINE,
    Loss,
    each_text,
    flat,
    in_utf8,
)
from references.partial_date import PartialDate

# The first line says it to programs that guess, as JabRef does.
ENCODING = "% Encoding: UTF-8\n"
MONTHS = [
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
]
# Fields of which programs change the case.
TITLES = ("title", "titleaddon", "booktitle", "series", "eventtitle")
NO_KEY = re.compile(r"[^\w.:+/-]+")

type Fields = Iterator[tuple[str, str]]


def write(works: Iterable[Work], *, dialect: Dialect) -> Iterator[str]:
    yield ENCODING
    for work in works:
        yield entry(each_text(work, flat), dialect)


def entry(work: Work, dialect: Dialect) -> str:
    kind = kind_of(work, dialect)
    places, moves = fields_of(work, dialect, kind)
    fields = [*people(work), *texts(work, dialect, places)]
    fields += [*additions(work, dialect, kind, moves), *dates(work, dialect)]
    fields += [*links(work), *remarks(work, dialect, kind)]
    lines = [f"  {name} = {value},\n" for name, value in fields]
    return f"\n@{kind}{{{NO_KEY.sub('-', work.key)},\n{''.join(lines)}}}\n"


def people(work: Work) -> Fields:
    for role in ("author", "editor"):
        names: list[Name] = getattr(work, role)
        if names:
            yield role, f"{{{written(names)}}}"


def texts(work: Work, dialect: Dialect, places: dict[str, str]) -> Fields:
    is_english = (work.language or "en").lower().startswith("en")
    protect = partial(protected, is_english=is_english)
    latex = LATEX | dict.fromkeys(TITLES, protect)
    latex["title"] = partial(protected_title, is_english=is_english)
    if dialect is BIBTEX:
        # Its styles lower the kind of a report; pandoc shows the braces of one.
        latex["type"] = partial(genre, others=protect)
    for variable, field in {"title": "title", **places}.items():
        text = work.marked_title if field == "title" else getattr(work, variable)
        yield field, f"{{{latex.get(field, escaped)(text)}}}"


def additions(work: Work, dialect: Dialect, kind: str, moves: str) -> Fields:
    """What styles ask for beside the texts, and what our own reader does."""
    if kind in REPORT_KINDS and not work.genre and "=type" not in moves:
        yield "type", f"{{{REPORT}}}"
    if dialect is BIBTEX and not work.author:
        yield "key", f"{{{escaped(work.title)}}}"
    if moves:
        yield MOVED, f"{{{moves}}}"


def pages(text: str) -> str:
    """With a double hyphen where a range has a single one: 3--5."""
    return escaped(text).replace("-", "--")


def genre(text: str, others: Callable[[str], str] = escaped) -> str:
    """In braces when it is a word for which biblatex prints another, or we none."""
    return braced(text) if text in GENRES or text == REPORT else others(text)


# To biblatex these are lists, which “and” parts.
LISTS = ("publisher", "institution", "school", "organization", "location", "address")
LATEX: dict[str, Callable[[str], str]] = {"pages": pages, "type": genre}
LATEX |= dict.fromkeys([*LISTS, *FREE], kept_together)


def dates(work: Work, dialect: Dialect) -> Fields:
    if work.issued:
        yield from date(work.issued) if dialect is BIBLATEX else issued(work.issued)
    if work.accessed:
        yield "urldate", f"{{{iso(work.accessed)}}}"


def date(when: PartialDate) -> Fields:
    yield "date", f"{{{iso(when)}}}"


def issued(when: PartialDate) -> Fields:
    """Months are macros, as styles write them in their own way."""
    yield "year", f"{{{when.year}}}"
    if when.month:
        yield "month", MONTHS[when.month - 1]
    if when.day:
        yield "day", f"{{{when.day}}}"


def iso(when: PartialDate) -> str:
    year, *others = when.parts
    return "-".join([f"{year:04}", *(f"{part:02}" for part in others)])


def links(work: Work) -> Fields:
    for field in ("doi", "url"):
        if address := getattr(work, field):
            yield field, f"{{{verbatim(address)}}}"


def remarks(work: Work, dialect: Dialect, kind: str) -> Fields:
    """What styles don't print, and programs that read the file understand."""
    if work.language:
        babel = BABEL.get(work.language, "")
        if babel:
            yield "langid", f"{{{babel}}}"
        # Zotero reads this one alone; biblatex prints it, and has words, no codes.
        word = WORDS.get(babel, babel) if dialect is BIBLATEX else ""
        yield "language", f"{{{word or escaped(work.language)}}}"
    if annotation := PARAGRAPH.join(annotations(work)):
        yield dialect.annotation, f"{{{annotation}}}"
    if TYPES.get(kind) != work.type:
        yield "entrysubtype", f"{{{SUBTYPES.get(work.type, work.type)}}}"
    if work.custom.former_keys:
        keys = [NO_KEY.sub("-", key) for key in work.custom.former_keys]
        yield "ids", f"{{{','.join(keys)}}}"
    if any(name.non_dropping_particle for name in work.author + work.editor):
        # Otherwise biblatex cites van Eijk as Eijk.
        yield "options", "{useprefix=true}"


def annotations(work: Work) -> Iterator[str]:
    """What we say of the record. Styles print a “note”, but no annotation."""
    if work.note:
        yield f"{'{}' if work.note.startswith(CORRECTION) else ''}{escaped(work.note)}"
    if work.custom.correction:
        yield f"{CORRECTION}{escaped(work.custom.correction)}"


def with_encoded_addresses(work: Work) -> Work:
    links = {name: getattr(work, name) for name in ("doi", "url")}
    encoded = {name: text and verbatim(text) for name, text in links.items()}
    return work.model_copy(update=encoded)


LOSSES = (
    ONE_LINE,
    NO_PLACE,
    Loss(
        "braces, backslashes and spaces in web addresses and DOIs",
        "percent-encoded, which leads to the same page",
        with_encoded_addresses,
    ),
)
write_biblatex = in_utf8(partial(write, dialect=BIBLATEX))
write_bibtex = in_utf8(partial(write, dialect=BIBTEX))

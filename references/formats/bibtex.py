"""BibTeX and BibLaTeX files, written. UTF-8, one field a line."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from references.csl import Name, Work
from references.dates import PartialDate
from references.formats.bibtex_fields import (
    BIBLATEX,
    BIBTEX,
    CORRECTION,
    GENRES,
    IN_BOOKS,
    NUMBERED_KINDS,
    PARAGRAPH,
    SUBTYPES,
    TYPES,
    Dialect,
)
from references.formats.bibtex_names import kept_together, written
from references.formats.format import (
    NO_PLACE,
    ONE_LINE,
    Loss,
    each_text,
    flat,
    in_utf8,
)
from references.formats.languages import BABEL
from references.formats.latex import braced, escaped, protected, verbatim

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
TITLES = ("title", "booktitle", "series", "eventtitle")
NO_KEY = re.compile(r"[^\w.:+/-]+")

type Fields = Iterator[tuple[str, str]]


def write(works: Iterable[Work], *, dialect: Dialect) -> Iterator[str]:
    yield ENCODING
    for work in works:
        yield entry(each_text(work, flat), dialect)


def entry(work: Work, dialect: Dialect) -> str:
    kind = entry_type(work, dialect)
    fields = [*people(work), *texts(work, dialect, kind), *dates(work, dialect)]
    fields += [*links(work), *remarks(work, dialect, kind)]
    lines = [f"  {name} = {value},\n" for name, value in fields]
    return f"\n@{kind}{{{NO_KEY.sub('-', work.key)},\n{''.join(lines)}}}\n"


def entry_type(work: Work, dialect: Dialect) -> str:
    """An edited book is a collection to biblatex, whose books want an author."""
    kind = dialect.types.get(work.type, "misc")
    if kind == "phdthesis":
        return kind_of_thesis(work.genre)
    is_edited = kind == "book" and work.editor and not work.author
    return "collection" if is_edited and dialect is BIBLATEX else kind


def kind_of_thesis(genre: str | None) -> str:
    """BibTeX prints “PhD thesis” where no genre stands, so there it is no thesis."""
    if not genre:
        return "misc"
    is_lower_degree = re.search("master|magist|diplom|bachelor", genre.lower())
    return "mastersthesis" if is_lower_degree else "phdthesis"


def people(work: Work) -> Fields:
    for role in ("author", "editor"):
        names: list[Name] = getattr(work, role)
        if names:
            yield role, f"{{{written(names)}}}"


def texts(work: Work, dialect: Dialect, kind: str) -> Fields:
    is_english = (work.language or "en").lower().startswith("en")
    protect = partial(protected, is_english=is_english)
    latex = LATEX | dict.fromkeys(TITLES, protect)
    if dialect is BIBTEX:
        # Its styles lower the kind of a report; pandoc shows the braces of one.
        latex["type"] = protect
    for variable, field in fields_of(work, dialect, kind).items():
        if text := getattr(work, variable):
            yield field, f"{{{latex.get(field, escaped)(text)}}}"


def fields_of(work: Work, dialect: Dialect, kind: str) -> dict[str, str]:
    """Variable → field. Only articles have a number that is the issue's."""
    is_article = kind == "article"
    # In books a number beside a series is that of the series.
    is_in_series = work.collection_title and kind not in NUMBERED_KINDS
    journal = dialect.journal if is_article else dialect.elsewhere
    issuers = {"thesis": dialect.school, "report": "institution"}
    issuer = "organization" if kind == "online" else "publisher"
    return {
        "title": "title",
        "container_title": "booktitle" if work.type in IN_BOOKS else journal,
        "collection_title": "series",
        "event_title": "eventtitle",
        "event_place": "venue",
        "volume": "volume",
        "issue": "number" if is_article else "issue",
        "number": "eid" if is_article or is_in_series else "number",
        "page": "pages",
        "edition": "edition",
        "genre": "type",
        "authority": "authority",
        "publisher": issuers.get(work.type, issuer),
        "publisher_place": dialect.place,
    }


def pages(text: str) -> str:
    """With a double hyphen where a range has a single one: 3--5."""
    return escaped(text).replace("-", "--")


def genre(text: str) -> str:
    """In braces when it is a word for which biblatex prints another."""
    return braced(text) if text in GENRES else escaped(text)


# To biblatex these are lists, which “and” parts.
LISTS = ("publisher", "institution", "school", "location", "address")
LATEX: dict[str, Callable[[str], str]] = {"pages": pages, "type": genre}
LATEX |= dict.fromkeys(LISTS, kept_together)


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
    if babel := BABEL.get(work.language or ""):
        yield "langid", f"{{{babel}}}"
    elif work.language:
        yield "language", f"{{{escaped(work.language)}}}"
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

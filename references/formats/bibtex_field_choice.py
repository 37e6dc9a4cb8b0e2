"""Which type of entry a work becomes, and which field each of its variables gets.

biblatex allows certain fields for each type of entry and prints no others; `biber -V`
warns of them. BibTeX's styles ignore fields that they don't know. A variable that
wouldn't be printed from its usual field gets another one, and the field “userf” lists
these moves: “collection-title=type”.

https://ctan.org/pkg/biblatex: blx-dm.def, and the manual, sections 2.1 and 2.2
https://mirrors.ctan.org/biblio/bibtex/base/btxdoc.pdf, section 3
"""

import re

from references.csl import Work
from references.formats.bibtex_fields import (
    BIBLATEX,
    NUMBERED_ENTRY_TYPES,
    TYPES_IN_BOOKS,
    Dialect,
)

BOOK_FIELDS = {
    *("titleaddon", "series", "volume", "edition", "publisher", "location", "pages"),
    "eid",
}
MISC_FIELDS = {"titleaddon", "howpublished", "type", "organization", "location"}
THESIS_FIELDS = {"titleaddon", "type", "institution", "location", "pages", "eid"}
# The fields that biblatex allows for each type of entry, of those that we write.
BIBLATEX_FIELDS = {
    "article": {
        *("titleaddon", "journaltitle", "series", "volume", "number", "eid", "pages")
    },
    "book": BOOK_FIELDS,
    "booklet": {"titleaddon", "howpublished", "type", "location", "pages", "eid"},
    "collection": BOOK_FIELDS,
    "dataset": {
        *("titleaddon", "series", "number", "edition", "type", "publisher"),
        *("organization", "location"),
    },
    "inbook": {*BOOK_FIELDS, "booktitle"},
    "incollection": {*BOOK_FIELDS, "booktitle"},
    "inproceedings": {*BOOK_FIELDS, "booktitle", "eventtitle", "venue"} - {"edition"},
    "inreference": {*BOOK_FIELDS, "booktitle"},
    "misc": MISC_FIELDS,
    "online": {"titleaddon", "organization"},
    "report": {*THESIS_FIELDS, "number"},
    "software": MISC_FIELDS,
    "thesis": THESIS_FIELDS,
    "unpublished": {
        *("titleaddon", "howpublished", "type", "eventtitle", "venue", "location")
    },
}
BIBTEX_BOOK_FIELDS = {"series", "volume", "edition", "publisher", "address"}
BIBTEX_FIELDS = {
    "article": {"journal", "volume", "number", "pages"},
    "book": BIBTEX_BOOK_FIELDS,
    "booklet": {"howpublished", "address"},
    "incollection": {*BIBTEX_BOOK_FIELDS, "booktitle", "pages"},
    "inproceedings": {*BIBTEX_BOOK_FIELDS, "booktitle", "pages"} - {"edition"},
    "mastersthesis": {"type", "school", "address"},
    "misc": {"howpublished"},
    "phdthesis": {"type", "school", "address"},
    "techreport": {"type", "number", "institution", "address"},
}
ENTRY_TYPES_WITHOUT_EDITORS = ("report", "thesis", "unpublished")
# Parts of a container, for which biblatex prints “In: ()” if it has no title.
ENTRY_TYPES_IN_CONTAINERS = ("article", "incollection", "inproceedings", "inreference")

# The field that lists the variables that aren't in their usual field.
MOVES_FIELD = "userf"
MOVE = re.compile(r"([a-z-]+)=([a-z]+)")
MOVES = re.compile(rf"{MOVE.pattern}(?:, {MOVE.pattern})*")
# Fields that biblatex allows for every type of entry and doesn't print.
SPARE_FIELDS = (
    *("userb", "userc", "userd", "verba", "verbb"),
    *("lista", "listb", "listc", "listd", "liste", "listf"),
)
# Other fields that a variable may be printed from, in order of preference. biblatex
# allows “titleaddon” for every type of entry.
ALTERNATIVE_FIELDS = {
    "container_title": ("titleaddon",),
    "event_title": ("howpublished", "titleaddon"),
    "genre": ("titleaddon",),
    "publisher": ("organization", "howpublished"),
    "authority": ("organization", "titleaddon"),
    "collection_title": ("type", "titleaddon"),
    "number": ("titleaddon",),
}


def choose_entry_type(work: Work, dialect: Dialect) -> str:
    """Return the type of entry whose printed fields the work has, such as “article”."""
    entry_type = dialect.entry_types.get(work.type, "misc")
    if entry_type == "phdthesis":
        return choose_thesis_type(work.genre)
    # biblatex prints “()” after a journal without a date.
    is_undated = entry_type == "article" and dialect is BIBLATEX and not work.issued
    if entry_type in ENTRY_TYPES_IN_CONTAINERS and (
        is_undated or not work.container_title
    ):
        entry_type = dialect.standalone_entry_types.get(entry_type, "misc")
    return choose_biblatex_type(work, entry_type) if dialect is BIBLATEX else entry_type


def choose_thesis_type(genre: str | None) -> str:
    """Return “misc” without a genre, because BibTeX would print “PhD thesis”."""
    if not genre:
        return "misc"
    is_lower_degree = re.search("master|magist|diplom|bachelor", genre.lower())
    return "mastersthesis" if is_lower_degree else "phdthesis"


def choose_biblatex_type(work: Work, entry_type: str) -> str:
    """Return a type of entry that prints the editors and the address of the work."""
    if entry_type == "book" and work.editor and not work.author:
        return "collection"
    if entry_type == "incollection" and not work.editor:
        return "inbook"
    can_be_found = entry_type != "online" or work.url or work.doi
    prints_editors = entry_type not in ENTRY_TYPES_WITHOUT_EDITORS or not work.editor
    return entry_type if can_be_found and prints_editors else "misc"


def map_usual_fields(work: Work, dialect: Dialect, entry_type: str) -> dict[str, str]:
    """Return the usual field of each variable; “number” is the issue in articles."""
    is_article = entry_type == "article"
    # “number” in a book is that of its series.
    is_numbered = entry_type in NUMBERED_ENTRY_TYPES and not is_article
    container = "titleaddon" if entry_type == "online" else dialect.container_field
    container = dialect.journal_field if is_article else container
    publishers = {"thesis": dialect.school_field, "report": "institution"}
    publisher = "organization" if entry_type == "online" else "publisher"
    return {
        "container_title": "booktitle" if work.type in TYPES_IN_BOOKS else container,
        "event_title": "eventtitle",
        "event_place": "venue",
        "genre": "type",
        "publisher": publishers.get(work.type, publisher),
        "publisher_place": dialect.place_field,
        "authority": "authority",
        "collection_title": "series",
        "volume": "volume",
        "issue": "number" if is_article else "issue",
        "number": "number" if is_numbered else "eid",
        "page": "pages",
        "edition": "edition",
    }


def choose_fields(
    work: Work, dialect: Dialect, entry_type: str
) -> tuple[dict[str, str], str]:
    """Return the field of each variable that the work has, and the value of “userf”."""
    allowed = (BIBLATEX_FIELDS if dialect is BIBLATEX else BIBTEX_FIELDS)[entry_type]
    fields: dict[str, str] = {}
    moves = []
    for variable, usual in map_usual_fields(work, dialect, entry_type).items():
        if getattr(work, variable):
            unprinted = SPARE_FIELDS if dialect is BIBLATEX else [usual]
            printed = [usual, *ALTERNATIVE_FIELDS.get(variable, ())]
            candidates = [*filter(allowed.__contains__, printed), *unprinted]
            field = next(each for each in candidates if each not in fields.values())
            fields[variable] = field
            if field != usual:
                moves.append(f"{variable.replace('_', '-')}={field}")
    return fields, ", ".join(moves)


# Variables of CSL that may be in another field.
MOVABLE_VARIABLES = {
    *("container-title", "event-title", "event-place", "genre", "publisher"),
    *("publisher-place", "authority", "collection-title", "volume", "issue", "number"),
    *("page", "edition"),
}

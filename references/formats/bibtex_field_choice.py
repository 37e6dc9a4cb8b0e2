"""Which kind of entry a work becomes, and in which field each of its variables stands.

biblatex knows of each kind which fields it takes, and prints no others; `biber -V`
warns of them. BibTeX's styles pass over what they don't know. What isn't printed from
its usual field stands in another one, and the field “userf” says so, as
“collection-title=type”.

https://ctan.org/pkg/biblatex: blx-dm.def, and the manual, sections 2.1 and 2.2
https://mirrors.ctan.org/biblio/bibtex/base/btxdoc.pdf, section 3
"""

import re

from references.csl import Work
from references.formats.bibtex_fields import BIBLATEX, IN_BOOKS, NUMBERED_KINDS, Dialect

OF_BOOKS = {
    *("titleaddon", "series", "volume", "edition", "publisher", "location", "pages"),
    "eid",
}
OF_MISC = {"titleaddon", "howpublished", "type", "organization", "location"}
OF_THESES = {"titleaddon", "type", "institution", "location", "pages", "eid"}
# What kinds take, of the fields that we have something for.
TAKEN_BY_BIBLATEX = {
    "article": {
        *("titleaddon", "journaltitle", "series", "volume", "number", "eid", "pages")
    },
    "book": OF_BOOKS,
    "booklet": {"titleaddon", "howpublished", "type", "location", "pages", "eid"},
    "collection": OF_BOOKS,
    "dataset": {
        *("titleaddon", "series", "number", "edition", "type", "publisher"),
        *("organization", "location"),
    },
    "inbook": {*OF_BOOKS, "booktitle"},
    "incollection": {*OF_BOOKS, "booktitle"},
    "inproceedings": {*OF_BOOKS, "booktitle", "eventtitle", "venue"} - {"edition"},
    "inreference": {*OF_BOOKS, "booktitle"},
    "misc": OF_MISC,
    "online": {"titleaddon", "organization"},
    "report": {*OF_THESES, "number"},
    "software": OF_MISC,
    "thesis": OF_THESES,
    "unpublished": {
        *("titleaddon", "howpublished", "type", "eventtitle", "venue", "location")
    },
}
OF_BIBTEX_BOOKS = {"series", "volume", "edition", "publisher", "address"}
TAKEN_BY_BIBTEX = {
    "article": {"journal", "volume", "number", "pages"},
    "book": OF_BIBTEX_BOOKS,
    "booklet": {"howpublished", "address"},
    "incollection": {*OF_BIBTEX_BOOKS, "booktitle", "pages"},
    "inproceedings": {*OF_BIBTEX_BOOKS, "booktitle", "pages"} - {"edition"},
    "mastersthesis": {"type", "school", "address"},
    "misc": {"howpublished"},
    "phdthesis": {"type", "school", "address"},
    "techreport": {"type", "number", "institution", "address"},
}
WITHOUT_EDITORS = ("report", "thesis", "unpublished")
# They stand within something: biblatex prints “In: ()” where nobody says in what.
WITHIN = ("article", "incollection", "inproceedings", "inreference")

MOVED = "userf"
MOVE = re.compile(r"([a-z-]+)=([a-z]+)")
MOVES = re.compile(rf"{MOVE.pattern}(?:, {MOVE.pattern})*")
# biblatex takes these of all kinds, and no style of its own prints them.
FREE = (
    *("userb", "userc", "userd", "verba", "verbb"),
    *("lista", "listb", "listc", "listd", "liste", "listf"),
)
# Where variables are printed as well, the first ones first. All kinds of biblatex take
# what is added to a title.
ELSEWHERE = {
    "container_title": ("titleaddon",),
    "event_title": ("howpublished", "titleaddon"),
    "genre": ("titleaddon",),
    "publisher": ("organization", "howpublished"),
    "authority": ("organization", "titleaddon"),
    "collection_title": ("type", "titleaddon"),
    "number": ("titleaddon",),
}


def kind_of(work: Work, dialect: Dialect) -> str:
    """That of its type, if the work has what is printed with it, else a plainer one."""
    kind = dialect.types.get(work.type, "misc")
    if kind == "phdthesis":
        return kind_of_thesis(work.genre)
    # Without a date biblatex prints “()” behind a journal.
    is_undated = kind == "article" and dialect is BIBLATEX and not work.issued
    if kind in WITHIN and (is_undated or not work.container_title):
        kind = dialect.alone.get(kind, "misc")
    return kind_in_biblatex(work, kind) if dialect is BIBLATEX else kind


def kind_of_thesis(genre: str | None) -> str:
    """BibTeX prints “PhD thesis” where no genre stands, so there it is no thesis."""
    if not genre:
        return "misc"
    is_lower_degree = re.search("master|magist|diplom|bachelor", genre.lower())
    return "mastersthesis" if is_lower_degree else "phdthesis"


def kind_in_biblatex(work: Work, kind: str) -> str:
    """An edited book is a collection; what nobody edited is in a book of its author."""
    if kind == "book" and work.editor and not work.author:
        return "collection"
    if kind == "incollection" and not work.editor:
        return "inbook"
    is_found = kind != "online" or work.url or work.doi
    has_place = kind not in WITHOUT_EDITORS or not work.editor
    return kind if is_found and has_place else "misc"


def usual_fields(work: Work, dialect: Dialect, kind: str) -> dict[str, str]:
    """Variable → field. Only articles have a number that is the issue's."""
    is_article = kind == "article"
    # In books a number beside a series is that of the series.
    is_numbered = kind in NUMBERED_KINDS and not is_article
    whole = "titleaddon" if kind == "online" else dialect.elsewhere
    whole = dialect.journal if is_article else whole
    issuers = {"thesis": dialect.school, "report": "institution"}
    issuer = "organization" if kind == "online" else "publisher"
    return {
        "container_title": "booktitle" if work.type in IN_BOOKS else whole,
        "event_title": "eventtitle",
        "event_place": "venue",
        "genre": "type",
        "publisher": issuers.get(work.type, issuer),
        "publisher_place": dialect.place,
        "authority": "authority",
        "collection_title": "series",
        "volume": "volume",
        "issue": "number" if is_article else "issue",
        "number": "number" if is_numbered else "eid",
        "page": "pages",
        "edition": "edition",
    }


def fields_of(work: Work, dialect: Dialect, kind: str) -> tuple[dict[str, str], str]:
    """Variable → field, for all that the work has, and what ``MOVED`` says of them."""
    taken = (TAKEN_BY_BIBLATEX if dialect is BIBLATEX else TAKEN_BY_BIBTEX)[kind]
    places: dict[str, str] = {}
    moves = []
    for variable, usual in usual_fields(work, dialect, kind).items():
        if getattr(work, variable):
            rest = FREE if dialect is BIBLATEX else [usual]
            fields = [usual, *ELSEWHERE.get(variable, ())]
            possible = [*filter(taken.__contains__, fields), *rest]
            place = next(field for field in possible if field not in places.values())
            places[variable] = place
            if place != usual:
                moves.append(f"{variable.replace('_', '-')}={place}")
    return places, ", ".join(moves)


MOVABLE = {
    *("container-title", "event-title", "event-place", "genre", "publisher"),
    *("publisher-place", "authority", "collection-title", "volume", "issue", "number"),
    *("page", "edition"),
}

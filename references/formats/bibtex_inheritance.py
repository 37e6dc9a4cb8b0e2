"""What an entry takes from the entries that it names in “crossref” and “xdata”.

After the manual of biblatex, section 2.4.1 and appendix B; of a parent it says all
that tells of a book or a journal as a whole. A DOI, an address and a note tell of the
parent alone.
"""

from collections.abc import Callable

from references.formats.bibtex_fields import USED, VARIABLES

# Field → its LaTeX and its line.
type Fields = dict[str, tuple[str, int]]
# The fields of an entry, by its key.
type Find = Callable[[str], Fields | None]

IN_BOOKS = {
    *("bookinbook", "conference", "inbook", "incollection", "inproceedings"),
    *("inreference", "suppbook", "suppcollection"),
}
IN_JOURNALS = {"article", "review", "suppperiodical"}
OF_BOOKS = {"title": "booktitle", "subtitle": "booksubtitle"}
OF_BOOKS |= {"titleaddon": "booktitleaddon"}
OF_JOURNALS = {"title": "journaltitle", "subtitle": "journalsubtitle"}
INHERITED = (
    *("booktitle", "booksubtitle", "booktitleaddon", "title", "subtitle", "titleaddon"),
    *("journaltitle", "journalsubtitle", "journal", "author", "editor", "date", "year"),
    *("month", "day", "publisher", "institution", "organization", "location"),
    *("address", "series", "number", "volume", "issue", "edition", "eventtitle"),
    *("venue", "langid", "language", "hyphenation"),
)
MEANINGS = VARIABLES | dict.fromkeys(("date", "year", "month", "day"), "issued")
MEANINGS |= {"subtitle": "title", "titleaddon": "title"}
MEANINGS |= dict.fromkeys(
    ("booksubtitle", "booktitleaddon", "journalsubtitle"), "container-title"
)
MEANINGS |= dict.fromkeys(("langid", "language", "hyphenation"), "language")
# A parent may have one itself.
MOST_GENERATIONS = 4


def with_parents(
    kind: str, fields: Fields, find: Find, own_key: str
) -> tuple[Fields, list[str]]:
    """The fields with those of parents, and the keys of parents that can't be found.

    No entry is its own parent, nor that of its parents.
    """
    missing = []
    seen = {own_key.casefold()}
    for key in xdata_of(fields):
        if found := find(key):
            own = {name: found[name] for name in USED if name in found}
            fields = own | fields
        else:
            missing.append(key)
    for _ in range(MOST_GENERATIONS):
        key = fields.pop("crossref", ("", 0))[0].strip()
        if not key or key.casefold() in seen:
            break
        seen.add(key.casefold())
        if found := find(key):
            fields = inherited(kind, fields, found)
        else:
            missing.append(key)
    return fields, missing


def xdata_of(fields: Fields) -> list[str]:
    keys = fields.get("xdata", ("", 0))[0].split(",", MOST_GENERATIONS)
    return list(filter(None, map(str.strip, keys[:MOST_GENERATIONS])))


def inherited(kind: str, fields: Fields, parent: Fields) -> Fields:
    """With what the parent says of itself and the entry doesn't."""
    said = {MEANINGS.get(name, name) for name in fields}
    renamed = (
        OF_BOOKS if kind in IN_BOOKS else OF_JOURNALS if kind in IN_JOURNALS else {}
    )
    given: Fields = {}
    for name in INHERITED:
        new = renamed.get(name, name)
        if name in parent and MEANINGS.get(new, new) not in said:
            given.setdefault(new, parent[name])
    if "crossref" in parent:
        given["crossref"] = parent["crossref"]
    return given | fields

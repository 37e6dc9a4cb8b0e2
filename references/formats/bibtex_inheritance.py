"""Fields that an entry inherits from its parents, named in “crossref” and “xdata”.

The rules are those of the biblatex manual, section 2.4.1 and appendix B. An entry
inherits what describes the book or journal as a whole; a DOI, an address or a note
describes the parent alone.
"""

from collections.abc import Callable

from references.formats.bibtex_fields import CSL_VARIABLES, KNOWN_FIELDS

# The LaTeX and the line of each field.
type Fields = dict[str, tuple[str, int]]
# Returns the fields of the entry with a key.
type FindFields = Callable[[str], Fields | None]

ENTRY_TYPES_IN_BOOKS = {
    *("bookinbook", "conference", "inbook", "incollection", "inproceedings"),
    *("inreference", "suppbook", "suppcollection"),
}
ENTRY_TYPES_IN_JOURNALS = {"article", "review", "suppperiodical"}
# What a field of a parent is called in an entry that is a part of it.
BOOK_FIELD_NAMES = {"title": "booktitle", "subtitle": "booksubtitle"}
BOOK_FIELD_NAMES |= {"titleaddon": "booktitleaddon"}
JOURNAL_FIELD_NAMES = {"title": "journaltitle", "subtitle": "journalsubtitle"}
INHERITED_FIELDS = (
    *("booktitle", "booksubtitle", "booktitleaddon", "title", "subtitle", "titleaddon"),
    *("journaltitle", "journalsubtitle", "journal", "author", "editor", "date", "year"),
    *("month", "day", "publisher", "institution", "organization", "location"),
    *("address", "series", "number", "volume", "issue", "edition", "eventtitle"),
    *("venue", "langid", "language", "hyphenation"),
)
# The variable of each field. An entry doesn't inherit a field for a variable it has.
FIELD_VARIABLES = CSL_VARIABLES | dict.fromkeys(
    ("date", "year", "month", "day"), "issued"
)
FIELD_VARIABLES |= {"subtitle": "title", "titleaddon": "title"}
FIELD_VARIABLES |= dict.fromkeys(
    ("booksubtitle", "booktitleaddon", "journalsubtitle"), "container-title"
)
FIELD_VARIABLES |= dict.fromkeys(("langid", "language", "hyphenation"), "language")
# A parent may have a parent itself.
MAX_GENERATIONS = 4


def inherit_fields(
    entry_type: str, fields: Fields, find: FindFields, own_key: str
) -> tuple[Fields, list[str]]:
    """Return the fields with inherited ones, and the keys of missing parents.

    Circular references end where an entry would be its own parent.
    """
    missing = []
    seen = {own_key.casefold()}
    for key in split_xdata_keys(fields):
        if found := find(key):
            own = {name: found[name] for name in KNOWN_FIELDS if name in found}
            fields = own | fields
        else:
            missing.append(key)
    for _ in range(MAX_GENERATIONS):
        key = fields.pop("crossref", ("", 0))[0].strip()
        if not key or key.casefold() in seen:
            break
        seen.add(key.casefold())
        if found := find(key):
            fields = add_parent_fields(entry_type, fields, found)
        else:
            missing.append(key)
    return fields, missing


def split_xdata_keys(fields: Fields) -> list[str]:
    keys = fields.get("xdata", ("", 0))[0].split(",", MAX_GENERATIONS)
    return list(filter(None, map(str.strip, keys[:MAX_GENERATIONS])))


def add_parent_fields(entry_type: str, fields: Fields, parent: Fields) -> Fields:
    """Add the parent's fields for variables that the entry doesn't have."""
    present = {FIELD_VARIABLES.get(name, name) for name in fields}
    renamed: dict[str, str] = {}
    if entry_type in ENTRY_TYPES_IN_BOOKS:
        renamed = BOOK_FIELD_NAMES
    elif entry_type in ENTRY_TYPES_IN_JOURNALS:
        renamed = JOURNAL_FIELD_NAMES
    added: Fields = {}
    for name in INHERITED_FIELDS:
        new = renamed.get(name, name)
        if name in parent and FIELD_VARIABLES.get(new, new) not in present:
            added.setdefault(new, parent[name])
    if "crossref" in parent:
        added["crossref"] = parent["crossref"]
    return added | fields

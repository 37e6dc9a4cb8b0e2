"""Writes Zotero RDF, the format that keeps every field of an item in Zotero.

https://github.com/zotero/translators/blob/master/RDF.js reads it, and takes any
property of Zotero's own namespace for the field of that name. A variable that the item
type has no field for is a line of Extra, under its name in CSL, where citation styles
find it:
https://www.zotero.org/support/kb/item_types_and_fields#citing_fields_from_extra
"""

from collections.abc import Iterable, Iterator
from html import escape as as_html
from xml.sax.saxutils import escape, quoteattr

from references.csl import OTHERS, Name, Work, listed_names
from references.formats.name_parser import build_surname
from references.formats.ris_tags import CORRECTION_PREFIX
from references.formats.work_format import (
    LOSES_CHAPTER_POSITION,
    LOSES_FORMER_KEYS,
    LOSES_LINE_BREAKS,
    Loss,
    collapse_to_line,
    encode_pieces,
    format_iso_date,
    map_texts,
)
from references.formats.zotero_fields import (
    ITEM_TYPES,
    ZOTERO_FIELDS,
    choose_fields,
    is_like_variable,
)
from references.type_vocabularies import get_type_names

NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "bib": "http://purl.org/net/biblio#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "z": "http://www.zotero.org/namespaces/export#",
}
# Roles of the namespace “bib”. The others are in Zotero's own namespace.
BIBLIOGRAPHIC_ROLES = ("authors", "editors", "contributors")

# Without a date of access, Zotero would set that of an item with a URL to today.
NO_ACCESS_DATE = " "


def write_document(works: Iterable[Work]) -> Iterator[str]:
    names = "".join(f' xmlns:{name}="{uri}"' for name, uri in NAMESPACES.items())
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{names}>\n'
    for work in works:
        yield write_item(map_texts(work, collapse_to_line))
    yield "</rdf:RDF>\n"


def write_item(work: Work) -> str:
    fields = choose_fields(work)
    type_name = get_type_names(work.type).zotero
    item_type = ITEM_TYPES[type_name]
    properties = {
        "z:itemType": type_name,
        "dc:title": work.marked_title,
        "dc:date": format_iso_date(work.issued) if work.issued else "",
        **{f"z:{field}": getattr(work, variable) for variable, field in fields.items()},
        "z:DOI": work.doi,
        "z:url": work.url,
        "z:accessDate": write_access_date(work),
        "z:citationKey": work.key,
        "dc:description": "\n".join(build_extra(work, fields)),
    }
    filled = {name: text for name, text in properties.items() if text}
    parts = [write_element(name, text) for name, text in filled.items()]
    parts.append(write_creators(item_type.author_role, work.author))
    if item_type.has_editors:
        parts.append(write_creators("editors", work.editor))
    parts.append(write_note(work))
    about = f"rdf:about={quoteattr(f'#{work.key}')}"
    return f"<rdf:Description {about}>\n{''.join(parts)}</rdf:Description>\n"


def write_element(name: str, text: str) -> str:
    return f"<{name}>{escape(text)}</{name}>\n"


def write_access_date(work: Work) -> str | None:
    """Return the day of access. Zotero's field has no month or year without a day."""
    if work.accessed and work.accessed.day:
        return format_iso_date(work.accessed)
    return work.url and NO_ACCESS_DATE


def write_creators(role: str, names: list[Name]) -> str:
    if not names:
        return ""
    prefix = "bib" if role in BIBLIOGRAPHIC_ROLES else "z"
    items = [f"<rdf:li>{write_person(name)}</rdf:li>\n" for name in listed_names(names)]
    return f"<{prefix}:{role}><rdf:Seq>\n{''.join(items)}</rdf:Seq></{prefix}:{role}>\n"


def write_person(name: Name) -> str:
    """Return the element of a name. In Zotero an organisation is a surname alone."""
    family, given = split_name(name)
    names = f"<foaf:surname>{escape(family)}</foaf:surname>"
    if given:
        names += f"<foaf:givenName>{escape(given)}</foaf:givenName>"
    return f"<foaf:Person>{names}</foaf:Person>"


def split_name(name: Name) -> tuple[str, str]:
    """Return the two fields of a creator: “van Eijk” and “C.”, “King” and “M., Jr.”."""
    if name.literal:
        return name.literal, ""
    given = " ".join(filter(None, [name.given, name.dropping_particle]))
    return build_surname(name), ", ".join(filter(None, [given, name.suffix]))


def build_extra(work: Work, fields: dict[str, str]) -> list[str]:
    """Return the lines of Extra: variables, “et al.”, and the note.

    Zotero stops searching for variables at a line with a brace, so such lines come
    last among the variables.
    """
    lines = sorted(build_variable_lines(work, fields), key=lambda line: "}" in line)
    lines += build_et_al_lines(work)
    note = work.note or ""
    lines.append(f"Note: {note}" if is_like_variable(note) else note)
    return list(filter(None, lines))


def build_et_al_lines(work: Work) -> Iterator[str]:
    """Yield “et al.: author” for incomplete lists, because Zotero has no mark."""
    for role, names in (("author", work.author), ("editor", work.editor)):
        if OTHERS in names:
            yield f"et al.: {role}"


def build_variable_lines(work: Work, fields: dict[str, str]) -> Iterator[str]:
    """Yield the variables that the item type has no field for."""
    item_type = ITEM_TYPES[get_type_names(work.type).zotero]
    if item_type.csl_type != work.type:
        yield f"type: {work.type}"
    if not item_type.has_editors:
        for name in listed_names(work.editor):
            yield f"editor: {' || '.join(filter(None, split_name(name)))}"
    for variable in ZOTERO_FIELDS:
        text = getattr(work, variable)
        if text and variable not in fields:
            yield f"{variable.replace('_', '-')}: {text}"
    if work.accessed and not work.accessed.day:
        yield f"accessed: {format_iso_date(work.accessed)}"


def write_note(work: Work) -> str:
    """Return a note with the correction of the printed work, in HTML as in Zotero."""
    if not work.custom.correction:
        return ""
    text = f"<p>{as_html(CORRECTION_PREFIX + work.custom.correction, quote=False)}</p>"
    note = f"<bib:Memo>{write_element('rdf:value', text)}</bib:Memo>"
    return f"<dcterms:isReferencedBy>{note}</dcterms:isReferencedBy>\n"


write = encode_pieces(write_document)
LOSSES = (
    LOSES_LINE_BREAKS,
    LOSES_CHAPTER_POSITION,
    LOSES_FORMER_KEYS,
    Loss(
        "parts of a name that a line of text can’t distinguish: a particle with a "
        "capital, a family name in lower case, a person without given names",
        "the same words, split differently: “Van Ryzin, G.” has the family name "
        "Van Ryzin",
    ),
    Loss(
        "the authors of films, broadcasts and hearings",
        "directors and contributors, the only creators that these types have in Zotero",
    ),
)

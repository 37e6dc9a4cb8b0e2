"""Zotero RDF files, in which Zotero keeps every field of an item.

Read by https://github.com/zotero/translators/blob/master/RDF.js, which takes any
property of its own namespace for the field of that name. What an item type has no field
for stands in Extra, a line each, under the name of CSL's variable; there citation
styles find it:
https://www.zotero.org/support/kb/item_types_and_fields#citing_fields_from_extra
"""

from collections.abc import Iterable, Iterator
from html import escape as as_html
from xml.sax.saxutils import escape, quoteattr

from references.csl import OTHERS, Name, Work, known
from references.formats.name_parser import surname
from references.formats.ris_tags import CORRECTION
from references.formats.work_format import (
    NO_FORMER_KEYS,
    NO_PLACE,
    ONE_LINE,
    Loss,
    each_text,
    flat,
    in_utf8,
)
from references.formats.zotero_fields import (
    FIELDS,
    ITEM_TYPES,
    fields_of,
    is_like_variable,
)
from references.partial_date import PartialDate
from references.type_vocabularies import kind_of

NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "bib": "http://purl.org/net/biblio#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "z": "http://www.zotero.org/namespaces/export#",
}
# Creators that the vocabulary of bibliographies has; Zotero's own has the others.
BIBLIOGRAPHIC = ("authors", "editors", "contributors")

# Where an item has an address and no day of reading at all, Zotero puts today.
UNREAD = " "


def document(works: Iterable[Work]) -> Iterator[str]:
    names = "".join(f' xmlns:{name}="{uri}"' for name, uri in NAMESPACES.items())
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{names}>\n'
    for work in works:
        yield item(each_text(work, flat))
    yield "</rdf:RDF>\n"


def item(work: Work) -> str:
    held = fields_of(work)
    type_name = kind_of(work.type).zotero
    properties = {
        "z:itemType": type_name,
        "dc:title": work.marked_title,
        "dc:date": written_date(work.issued),
        **{f"z:{held[variable]}": getattr(work, variable) for variable in held},
        "z:DOI": work.doi,
        "z:url": work.url,
        "z:accessDate": written_date(day_of_reading(work)) or (work.url and UNREAD),
        "z:citationKey": work.key,
        "dc:description": "\n".join(extra(work, held)),
    }
    texts = "".join(element(name, text) for name, text in properties.items() if text)
    about = f"rdf:about={quoteattr(f'#{work.key}')}"
    people = creators(ITEM_TYPES[type_name].authors, work.author)
    if ITEM_TYPES[type_name].has_editors:
        people += creators("editors", work.editor)
    return f"<rdf:Description {about}>\n{texts}{people}{memo(work)}</rdf:Description>\n"


def element(name: str, text: str) -> str:
    return f"<{name}>{escape(text)}</{name}>\n"


def written_date(when: PartialDate | None) -> str:
    """2014, 2014-05 or 2014-05-21."""
    if when is None:
        return ""
    return "-".join([f"{when.year:04}", *(f"{part:02}" for part in when.parts[1:])])


def day_of_reading(work: Work) -> PartialDate | None:
    """Zotero has a field for a whole day, and none for a month or a year."""
    return work.accessed if work.accessed and work.accessed.day else None


def creators(role: str, names: list[Name]) -> str:
    if not names:
        return ""
    prefix = "bib" if role in BIBLIOGRAPHIC else "z"
    people = "".join(f"<rdf:li>{person(name)}</rdf:li>\n" for name in known(names))
    return f"<{prefix}:{role}><rdf:Seq>\n{people}</rdf:Seq></{prefix}:{role}>\n"


def person(name: Name) -> str:
    """A body is a person without given names, as Zotero writes it itself."""
    family, given = parted(name)
    names = f"<foaf:surname>{escape(family)}</foaf:surname>"
    if given:
        names += f"<foaf:givenName>{escape(given)}</foaf:givenName>"
    return f"<foaf:Person>{names}</foaf:Person>"


def parted(name: Name) -> tuple[str, str]:
    """“van Eijk” and “C.”, “King” and “M. L., Jr.”: the two fields of a creator."""
    if name.literal:
        return name.literal, ""
    given = " ".join(filter(None, [name.given, name.dropping_particle]))
    return surname(name), ", ".join(filter(None, [given, name.suffix]))


def extra(work: Work, held: dict[str, str]) -> list[str]:
    """The lines of Extra, the note last.

    Before it those that Zotero won't take for variables, for a brace is in them: there
    it stops looking for more.
    """
    lines = sorted(variables(work, held), key=lambda line: "}" in line)
    lines += broken_off(work)
    note = work.note or ""
    lines.append(f"Note: {note}" if is_like_variable(note) else note)
    return list(filter(None, lines))


def broken_off(work: Work) -> Iterator[str]:
    """Whose names the source doesn’t print all. Zotero would list a person “others”."""
    for role, names in (("author", work.author), ("editor", work.editor)):
        if OTHERS in names:
            yield f"et al.: {role}"


def variables(work: Work, held: dict[str, str]) -> Iterator[str]:
    """What the item type has no field for, under the names of CSL."""
    item_type = ITEM_TYPES[kind_of(work.type).zotero]
    if item_type.csl != work.type:
        yield f"type: {work.type}"
    if not item_type.has_editors:
        for name in known(work.editor):
            yield f"editor: {' || '.join(filter(None, parted(name)))}"
    for variable in FIELDS:
        text = getattr(work, variable)
        if text and variable not in held:
            yield f"{variable.replace('_', '-')}: {text}"
    if work.accessed and not day_of_reading(work):
        yield f"accessed: {written_date(work.accessed)}"


def memo(work: Work) -> str:
    """A note of the item, which Zotero keeps as HTML: what is wrong in print."""
    if not work.custom.correction:
        return ""
    text = f"<p>{as_html(CORRECTION + work.custom.correction, quote=False)}</p>"
    note = f"<bib:Memo>{element('rdf:value', text)}</bib:Memo>"
    return f"<dcterms:isReferencedBy>{note}</dcterms:isReferencedBy>\n"


write = in_utf8(document)
LOSSES = (
    ONE_LINE,
    NO_PLACE,
    NO_FORMER_KEYS,
    Loss(
        "parts of a name that only their writing tells apart: a particle with a "
        "capital, a family name in lower case, a person without given names",
        "the same words, parted otherwise: “Van Ryzin, G.” is the family Van Ryzin",
    ),
    Loss(
        "the authors of films, broadcasts and hearings",
        "directors and contributors, the only creators that Zotero gives these types",
    ),
)

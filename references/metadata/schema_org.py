"""A work in the words of https://schema.org, for JSON-LD.

Search engines want names as objects, dates as ISO 8601 and what a work is part of as a
chain of parts: https://schema.org/PublicationIssue shows the one for journals.
"""

from typing import Any

from references.csl import Name, Work, known
from references.metadata.plain_text import doi_address, joined, listed, spelled
from references.type_vocabularies import kind_of

type Graph = dict[str, Any]

CONTEXT = "https://schema.org"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
PERIODICALS = {
    "article-journal": "Periodical",
    "article-magazine": "Periodical",
    "article-newspaper": "Newspaper",
    "review": "Periodical",
    "review-book": "Periodical",
}
BOOKS = {"chapter", "entry", "entry-dictionary", "entry-encyclopedia"}


def filled(**properties: Any) -> Graph:
    """Without what is not known. “type” and “id” become JSON-LD's own keywords."""
    keywords = {"type": "@type", "id": "@id", "context": "@context"}
    return {
        keywords.get(name, name): value
        for name, value in properties.items()
        if value not in (None, "", [], {})
    }


def work_graph(work: Work, address: str) -> Graph:
    """A work, of which the page at this address tells."""
    return filled(
        context=CONTEXT,
        **reference_to(work, address),
        mainEntityOfPage=address,
        editor=[maker(editor) for editor in known(work.editor)],
        inLanguage=work.language,
        publisher=publisher(work),
        isPartOf=[part for part in (container(work), series(work)) if part],
        pagination=work.page,
        **edition(work),
        genre=work.genre,
        reportNumber=work.number if work.type == "report" else None,
        identifier=identifiers(work),
        sameAs=doi_address(work),
        releasedEvent=event(work),
    )


def reference_to(work: Work, address: str) -> Graph:
    """As much of a work as another one says when it cites it."""
    return filled(
        type=kind_of(work.type).schema,
        id=address,
        name=work.title,
        headline=work.title[:110],
        author=[maker(author) for author in known(work.author)],
        datePublished=spelled(work.issued),
        url=work.url or doi_address(work) or address,
    )


def maker(name: Name) -> Graph:
    if name.literal:
        return filled(type="Organization", name=name.literal)
    surname = joined(" ", name.non_dropping_particle, name.family)
    given = joined(" ", name.given, name.dropping_particle)
    return filled(
        type="Person",
        name=joined(" ", given, surname, name.suffix) or listed(name),
        familyName=surname,
        givenName=given,
        honorificSuffix=name.suffix,
    )


def publisher(work: Work) -> Graph:
    name = work.publisher or work.authority
    where = work.publisher_place
    return filled(type="Organization", name=name, location=where) if name else {}


def container(work: Work) -> Graph:
    """A journal with volume and issue, a book, or whatever else a work stands in."""
    if not work.container_title:
        return {}
    outer = "Book" if work.type in BOOKS else PERIODICALS.get(work.type, "CreativeWork")
    of_book = work.edition if outer == "Book" else None
    part = filled(type=outer, name=work.container_title, bookEdition=of_book)
    if work.volume:
        part = filled(type="PublicationVolume", volumeNumber=work.volume, isPartOf=part)
    if work.issue:
        part = filled(type="PublicationIssue", issueNumber=work.issue, isPartOf=part)
    return part


def edition(work: Work) -> Graph:
    """Only books have editions; that of a book which a work is in stands there."""
    is_book = kind_of(work.type).schema == "Book"
    name = "bookEdition" if is_book else "version"
    is_of_book = work.type in BOOKS and work.container_title
    return {} if is_of_book else filled(**{name: work.edition})


def series(work: Work) -> Graph:
    name = work.collection_title
    return filled(type="CreativeWorkSeries", name=name) if name else {}


def identifiers(work: Work) -> list[Graph]:
    known = {"doi": work.doi, "citekey": work.key}
    return [
        filled(type="PropertyValue", propertyID=scheme, value=value)
        for scheme, value in known.items()
        if value
    ]


def event(work: Work) -> Graph:
    """Where a paper or talk was given."""
    told = filled(name=work.event_title, location=work.event_place)
    return filled(type="PublicationEvent", **told) if told else {}

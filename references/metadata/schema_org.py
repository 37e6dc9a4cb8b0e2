"""A work as a node of https://schema.org, for JSON-LD.

Search engines expect names as objects, dates as ISO 8601, and the work's journal or
book as a chain of parts, as https://schema.org/PublicationIssue shows it.
"""

from casebase.metadata.schema_org import CONTEXT, Node, build_node
from references.csl import Name, Work, listed_names
from references.metadata.plain_text import (
    doi_url,
    format_date,
    invert_name,
    join_parts,
)
from references.type_vocabularies import get_type_names

PERIODICALS = {
    "article-journal": "Periodical",
    "article-magazine": "Periodical",
    "article-newspaper": "Newspaper",
    "review": "Periodical",
    "review-book": "Periodical",
}
BOOKS = {"chapter", "entry", "entry-dictionary", "entry-encyclopedia"}


def build_work_node(work: Work, address: str) -> Node:
    """Everything known of a work whose page has this address."""
    return build_node(
        context=CONTEXT,
        **build_citation_node(work, address),
        mainEntityOfPage=address,
        editor=[build_agent_node(editor) for editor in listed_names(work.editor)],
        inLanguage=work.language,
        publisher=build_publisher_node(work),
        isPartOf=[
            part
            for part in (build_container_node(work), build_series_node(work))
            if part
        ],
        pagination=work.page,
        **edition_property(work),
        genre=work.genre,
        reportNumber=work.number if work.type == "report" else None,
        identifier=build_identifier_nodes(work),
        sameAs=doi_url(work),
        releasedEvent=build_event_node(work),
    )


def build_citation_node(work: Work, address: str) -> Node:
    """Build a short node of a work, for a page that cites it."""
    return build_node(
        type=get_type_names(work.type).schema,
        id=address,
        name=work.title,
        headline=work.title[:110],
        author=[build_agent_node(author) for author in listed_names(work.author)],
        datePublished=format_date(work.issued),
        url=work.url or doi_url(work) or address,
    )


def build_agent_node(name: Name) -> Node:
    """A person, or an organisation."""
    if name.literal:
        return build_node(type="Organization", name=name.literal)
    surname = join_parts(" ", name.non_dropping_particle, name.family)
    given = join_parts(" ", name.given, name.dropping_particle)
    return build_node(
        type="Person",
        name=join_parts(" ", given, surname, name.suffix) or invert_name(name),
        familyName=surname,
        givenName=given,
        honorificSuffix=name.suffix,
    )


def build_publisher_node(work: Work) -> Node:
    name = work.publisher or work.authority
    place = work.publisher_place
    return build_node(type="Organization", name=name, location=place) if name else {}


def build_container_node(work: Work) -> Node:
    """The journal with volume and issue, or the book, that the work is part of."""
    if not work.container_title:
        return {}
    outer = "Book" if work.type in BOOKS else PERIODICALS.get(work.type, "CreativeWork")
    of_book = work.edition if outer == "Book" else None
    part = build_node(type=outer, name=work.container_title, bookEdition=of_book)
    if work.volume:
        part = build_node(
            type="PublicationVolume", volumeNumber=work.volume, isPartOf=part
        )
    if work.issue:
        part = build_node(
            type="PublicationIssue", issueNumber=work.issue, isPartOf=part
        )
    return part


def edition_property(work: Work) -> Node:
    """The edition, under its name in schema.org: only books have “bookEdition”.

    Empty if it is the edition of the book that the work is part of.
    """
    is_book = get_type_names(work.type).schema == "Book"
    name = "bookEdition" if is_book else "version"
    is_of_container = work.type in BOOKS and work.container_title
    return {} if is_of_container else build_node(**{name: work.edition})


def build_series_node(work: Work) -> Node:
    name = work.collection_title
    return build_node(type="CreativeWorkSeries", name=name) if name else {}


def build_identifier_nodes(work: Work) -> list[Node]:
    identifiers = {"doi": work.doi, "citekey": work.key}
    return [
        build_node(type="PropertyValue", propertyID=scheme, value=value)
        for scheme, value in identifiers.items()
        if value
    ]


def build_event_node(work: Work) -> Node:
    """The event at which a paper or a talk was given."""
    event = build_node(name=work.event_title, location=work.event_place)
    return build_node(type="PublicationEvent", **event) if event else {}

"""A work as ``<meta>`` tags: Highwire Press, and Dublin Core for who reads no other.

https://scholar.google.com/intl/en/scholar/inclusion.html#indexing asks for a title, an
author and a date, one tag for each author, and dates with slashes. Zotero reads more
(``HIGHWIRE_MAPPINGS`` in https://github.com/zotero/translators/blob/master/Embedded%20Metadata.js)
and takes the type of an item from which tag names what it was published in.
"""

from typing import NamedTuple

from references.csl import Work, known
from references.metadata.plain_text import doi_address, first_and_last, listed, spelled

CONTAINERS = {
    "article-journal": "citation_journal_title",
    "article-magazine": "citation_journal_title",
    "article-newspaper": "citation_journal_title",
    "review": "citation_journal_title",
    "review-book": "citation_journal_title",
    "chapter": "citation_book_title",
    "entry": "citation_book_title",
    "entry-dictionary": "citation_book_title",
    "entry-encyclopedia": "citation_book_title",
    "paper-conference": "citation_conference_title",
}


class Tag(NamedTuple):
    """The name and the content of one tag."""

    name: str
    content: str


def tags_of(work: Work, address: str) -> list[Tag]:
    """The tags of the page at this address; none of them is empty."""
    pairs = [*highwire(work, address), *dublin_core(work, address)]
    return [Tag(name, content) for name, content in pairs if content]


def highwire(work: Work, address: str) -> list[tuple[str, str | None]]:
    first, last = first_and_last(work.page)
    return [
        ("citation_title", work.title),
        *(("citation_author", listed(author)) for author in known(work.author)),
        *(("citation_editor", listed(editor)) for editor in known(work.editor)),
        ("citation_publication_date", spelled(work.issued, "/")),
        *published_in(work),
        ("citation_series_title", work.collection_title),
        ("citation_volume", work.volume),
        ("citation_issue", work.issue),
        ("citation_firstpage", first),
        ("citation_lastpage", last),
        ("citation_publisher", work.publisher),
        ("citation_doi", work.doi),
        ("citation_language", work.language),
        ("citation_public_url", work.url),
        ("citation_abstract_html_url", address),
    ]


def published_in(work: Work) -> list[tuple[str, str | None]]:
    """What a work is part of, or which body stands behind it."""
    if work.type == "thesis":
        return [("citation_dissertation_institution", work.publisher)]
    if work.type == "report":
        bodies = (author.literal for author in known(work.author))
        institution = work.publisher or next(filter(None, bodies), None)
        return [
            ("citation_technical_report_institution", institution),
            ("citation_technical_report_number", work.number),
        ]
    container = work.container_title
    if work.type == "paper-conference":
        container = work.event_title or container
    tag = CONTAINERS.get(work.type)
    return [(tag, container)] if tag else []


def dublin_core(work: Work, address: str) -> list[tuple[str, str | None]]:
    """https://www.dublincore.org/specifications/dublin-core/dcmes/"""
    return [
        ("DC.title", work.title),
        *(("DC.creator", listed(author)) for author in known(work.author)),
        *(("DC.contributor", listed(editor)) for editor in known(work.editor)),
        ("DC.date", spelled(work.issued)),
        ("DC.type", "Text"),
        ("DC.source", work.container_title),
        ("DC.publisher", work.publisher or work.authority),
        ("DC.language", work.language),
        ("DC.identifier", doi_address(work) or work.url or address),
    ]

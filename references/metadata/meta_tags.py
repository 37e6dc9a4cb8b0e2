"""A work as ``<meta>`` tags: Highwire Press, and Dublin Core for other readers.

https://scholar.google.com/intl/en/scholar/inclusion.html#indexing asks for a title, an
author and a date, one tag for each author, and dates with slashes. Zotero reads more
(``HIGHWIRE_MAPPINGS`` in https://github.com/zotero/translators/blob/master/Embedded%20Metadata.js)
and infers the type of an item from the tag that names its journal or book.
"""

from casebase.metadata.page_description import MetaTag
from references.csl import Work, listed_names
from references.metadata.plain_text import (
    doi_url,
    format_date,
    invert_name,
    split_page_range,
)

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


def build_meta_tags(work: Work, address: str) -> list[MetaTag]:
    """The tags of the page at this address; none of them is empty."""
    pairs = [*highwire_tags(work, address), *dublin_core_tags(work, address)]
    return [MetaTag(name, content) for name, content in pairs if content]


def highwire_tags(work: Work, address: str) -> list[tuple[str, str | None]]:
    first, last = split_page_range(work.page)
    return [
        ("citation_title", work.title),
        *(
            ("citation_author", invert_name(author))
            for author in listed_names(work.author)
        ),
        *(
            ("citation_editor", invert_name(editor))
            for editor in listed_names(work.editor)
        ),
        ("citation_publication_date", format_date(work.issued, "/")),
        *container_tags(work),
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


def container_tags(work: Work) -> list[tuple[str, str | None]]:
    """The journal, book or event of a work, or the institution behind it."""
    if work.type == "thesis":
        return [("citation_dissertation_institution", work.publisher)]
    if work.type == "report":
        institutions = (author.literal for author in listed_names(work.author))
        institution = work.publisher or next(filter(None, institutions), None)
        return [
            ("citation_technical_report_institution", institution),
            ("citation_technical_report_number", work.number),
        ]
    container = work.container_title
    if work.type == "paper-conference":
        container = work.event_title or container
    tag = CONTAINERS.get(work.type)
    return [(tag, container)] if tag else []


def dublin_core_tags(work: Work, address: str) -> list[tuple[str, str | None]]:
    """https://www.dublincore.org/specifications/dublin-core/dcmes/"""
    return [
        ("DC.title", work.title),
        *(("DC.creator", invert_name(author)) for author in listed_names(work.author)),
        *(
            ("DC.contributor", invert_name(editor))
            for editor in listed_names(work.editor)
        ),
        ("DC.date", format_date(work.issued)),
        ("DC.type", "Text"),
        ("DC.source", work.container_title),
        ("DC.publisher", work.publisher or work.authority),
        ("DC.language", work.language),
        ("DC.identifier", doi_url(work) or work.url or address),
    ]

"""A work as an OpenURL context object (COinS), which reference managers read on pages.

Keys and formats: ANSI/NISO Z39.88-2004 and https://ocoins.info. Where these leave a
choice, it is the one that Zotero reads without loss:
https://github.com/zotero/utilities/blob/master/openurl.js

- ``rft.type`` may name any item type of Zotero, and has to be last, because Zotero
  reads fewer keys of some types.
- ``rft.au`` with a comma is an inverted name. The name of an organisation has none and
  would be read as a person's, so it is ``rft.aucorp``. Zotero reverses the order of
  several organisations.
- There is no key for editors; they are ``rft.contributor``.
- Variables without any key are private data in ``rft_dat``, as CSL-JSON.
"""

import json
from typing import NamedTuple
from urllib.parse import quote, urlencode

from references.csl import Name, Work, listed_names
from references.metadata.plain_text import (
    format_date,
    invert_name,
    split_page_range,
)
from references.type_vocabularies import get_type_names

VARIABLES_WITHOUT_KEY = {
    *("number", "genre", "authority", "event_title", "event_place", "accessed"),
    *("note",),
}


class ContextFormat(NamedTuple):
    """A format of context objects, and the keys that it has for some variables."""

    format: str
    genre: str = ""
    title: str = "rft.title"
    container: str = "rft.source"
    publisher: str = "rft.pub"


ARTICLE = ContextFormat("journal", "article", "rft.atitle", "rft.jtitle")
OTHER = ContextFormat("dc", publisher="rft.publisher")
FORMATS_OF_TYPES = {
    "article-journal": ARTICLE,
    "review": ARTICLE,
    "review-book": ARTICLE,
    "book": ContextFormat("book", "book", "rft.btitle"),
    "chapter": ContextFormat("book", "bookitem", "rft.atitle", "rft.btitle"),
    "paper-conference": ContextFormat("book", "proceeding", "rft.atitle", "rft.btitle"),
    "report": ContextFormat("book", "report", "rft.btitle"),
    "thesis": ContextFormat("dissertation", publisher="rft.inst"),
}


def context_object(work: Work) -> str:
    """The value of the title attribute: pairs of key and value, in a fixed order."""
    form = FORMATS_OF_TYPES.get(work.type, OTHER)
    pairs = [
        ("ctx_ver", "Z39.88-2004"),
        ("rfr_id", "info:sid/casebase"),
        ("rft_val_fmt", f"info:ofi/fmt:kev:mtx:{form.format}"),
        ("rft.genre", form.genre),
        *identifier_pairs(work),
        *description_pairs(work, form),
        *(author_pair(author) for author in listed_names(work.author)),
        *(
            ("rft.contributor", invert_name(editor))
            for editor in listed_names(work.editor)
        ),
        ("rft_dat", private_data(work, form)),
        ("rft.type", get_type_names(work.type).zotero if form is OTHER else ""),
    ]
    filled = [(key, value) for key, value in pairs if value]
    return urlencode(filled, quote_via=quote)


def identifier_pairs(work: Work) -> list[tuple[str, str | None]]:
    doi = f"info:doi/{work.doi}" if work.doi else None
    return [("rft_id", doi), ("rft_id", work.url)]


def description_pairs(work: Work, form: ContextFormat) -> list[tuple[str, str | None]]:
    first, last = split_page_range(work.page)
    return [
        (form.title, work.title),
        (form.container, work.container_title),
        ("rft.date", format_date(work.issued)),
        ("rft.volume", work.volume),
        ("rft.issue", work.issue),
        ("rft.pages", work.page),
        ("rft.spage", first if last else None),
        ("rft.epage", last),
        ("rft.edition", work.edition),
        ("rft.series", work.collection_title),
        ("rft.place", work.publisher_place),
        (form.publisher, work.publisher),
        ("rft.degree", work.genre if form.format == "dissertation" else None),
        ("rft.language", work.language),
    ]


def author_pair(author: Name) -> tuple[str, str]:
    return ("rft.aucorp" if author.literal else "rft.au", invert_name(author))


def private_data(work: Work, form: ContextFormat) -> str:
    """JSON of the CSL variables that have no key; empty if the work has none."""
    named = VARIABLES_WITHOUT_KEY
    if form.format == "dissertation":
        named = named - {"genre"}
    rest = work.model_dump(include=named, exclude_defaults=True, mode="json")
    return json.dumps(rest, ensure_ascii=False) if rest else ""

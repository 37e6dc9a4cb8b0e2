"""A work as an OpenURL context object (COinS), which reference managers read on pages.

Keys and formats: ANSI/NISO Z39.88-2004 and https://ocoins.info. Where these leave a
choice, it is the one that Zotero reads without loss:
https://github.com/zotero/utilities/blob/master/openurl.js

- ``rft.type`` may name any item type of Zotero, and has to stand last: of some types
  Zotero reads fewer keys.
- ``rft.au`` with a comma is an inverted name; a body without one would be taken for a
  person, so bodies are ``rft.aucorp``. Of several bodies Zotero turns the order round.
- There is no key for editors; ``rft.contributor`` keeps them.
- What has no key at all is private data in ``rft_dat``: CSL-JSON, for whoever knows it.
"""

import json
from typing import NamedTuple
from urllib.parse import quote, urlencode

from references.csl import Name, Work, known
from references.metadata.plain_text import first_and_last, listed, spelled
from references.type_vocabularies import kind_of

KEYLESS = {
    *("number", "genre", "authority", "event_title", "event_place", "accessed"),
    *("note",),
}


class Shape(NamedTuple):
    """A format of context objects, and the keys that it has for some variables."""

    format: str
    genre: str = ""
    title: str = "rft.title"
    container: str = "rft.source"
    publisher: str = "rft.pub"


ARTICLE = Shape("journal", "article", "rft.atitle", "rft.jtitle")
OTHER = Shape("dc", publisher="rft.publisher")
SHAPES = {
    "article-journal": ARTICLE,
    "review": ARTICLE,
    "review-book": ARTICLE,
    "book": Shape("book", "book", "rft.btitle"),
    "chapter": Shape("book", "bookitem", "rft.atitle", "rft.btitle"),
    "paper-conference": Shape("book", "proceeding", "rft.atitle", "rft.btitle"),
    "report": Shape("book", "report", "rft.btitle"),
    "thesis": Shape("dissertation", publisher="rft.inst"),
}


def context_object(work: Work) -> str:
    """The text of the title attribute: keys and values, encoded, in a fixed order."""
    shape = SHAPES.get(work.type, OTHER)
    pairs = [
        ("ctx_ver", "Z39.88-2004"),
        ("rfr_id", "info:sid/casebase"),
        ("rft_val_fmt", f"info:ofi/fmt:kev:mtx:{shape.format}"),
        ("rft.genre", shape.genre),
        *identifiers(work),
        *description(work, shape),
        *(maker(author) for author in known(work.author)),
        *(("rft.contributor", listed(editor)) for editor in known(work.editor)),
        ("rft_dat", private(work, shape)),
        ("rft.type", kind_of(work.type).zotero if shape is OTHER else ""),
    ]
    filled = [(key, value) for key, value in pairs if value]
    return urlencode(filled, quote_via=quote)


def identifiers(work: Work) -> list[tuple[str, str | None]]:
    doi = f"info:doi/{work.doi}" if work.doi else None
    return [("rft_id", doi), ("rft_id", work.url)]


def description(work: Work, shape: Shape) -> list[tuple[str, str | None]]:
    first, last = first_and_last(work.page)
    return [
        (shape.title, work.title),
        (shape.container, work.container_title),
        ("rft.date", spelled(work.issued)),
        ("rft.volume", work.volume),
        ("rft.issue", work.issue),
        ("rft.pages", work.page),
        ("rft.spage", first if last else None),
        ("rft.epage", last),
        ("rft.edition", work.edition),
        ("rft.series", work.collection_title),
        ("rft.place", work.publisher_place),
        (shape.publisher, work.publisher),
        ("rft.degree", work.genre if shape.format == "dissertation" else None),
        ("rft.language", work.language),
    ]


def maker(author: Name) -> tuple[str, str]:
    return ("rft.aucorp" if author.literal else "rft.au", listed(author))


def private(work: Work, shape: Shape) -> str:
    """The CSL variables that no key holds; nothing if there are none."""
    named = KEYLESS - {"genre"} if shape.format == "dissertation" else KEYLESS
    rest = work.model_dump(include=named, exclude_defaults=True, mode="json")
    return json.dumps(rest, ensure_ascii=False) if rest else ""

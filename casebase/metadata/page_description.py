"""What a page tells of, and the documents in which machines get it.

Each document has an address below that of the page, as ``linkset.json``, and is also
the answer of the page to whoever asks for its media type.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import ClassVar
from urllib.parse import urlsplit

from casebase.metadata.signposting import LINKSET, Link, linkset
from references.csl import Work
from references.formats import FORMATS
from references.formats.csl_json import item_of
from references.formats.keys import with_unique_keys
from references.metadata.meta_tags import Tag, tags_of
from references.metadata.schema_org import CONTEXT, Graph

CSL_JSON = "application/vnd.citationstyles.csl+json"
PAGE = "text/html"
UTF_8 = "; charset=utf-8"
# Media type → other names, by which some ask and then want to be answered.
ALIASES = {
    CSL_JSON: ("application/citeproc+json", "application/json"),
    "application/x-bibtex": ("text/x-bibtex", "application/bibtex", "text/bibtex"),
    "application/x-research-info-systems": (
        *("text/x-research-info-systems", "application/x-ris", "application/ris"),
    ),
    "application/xml": ("text/xml",),
}


@dataclass(frozen=True)
class Document:
    """What machines can have instead of the page. The profile names a vocabulary."""

    content_type: str
    write: Callable[["Described"], Iterable[bytes]]
    profile: str = ""

    @property
    def media_type(self) -> str:
        """Without parameters such as the character set."""
        return self.content_type.partition(";")[0]


@dataclass(frozen=True, kw_only=True)
class Described:
    """A page for machines: its one address, what it is, and where it leads.

    The address has the host, and a query where the page is a list. ``types`` are
    classes of schema.org. The documents are those that stand below the address.
    """

    address: str
    title: str
    graph: Graph
    types: list[str]
    summary: str = ""
    more_links: list[Link] = field(default_factory=list)
    documents: Mapping[str, Document] = field(default_factory=lambda: OF_ANY_PAGE)
    works: list[Work] = field(default_factory=list)
    is_record: ClassVar[bool] = False

    def address_of(self, document: str) -> str:
        """A list's query chooses what its documents describe, too."""
        path, mark, query = self.address.partition("?")
        return f"{path}{document}{mark}{query}"

    @property
    def unique_works(self) -> Iterator[Work]:
        """A work may have the key of our own item."""
        return with_unique_keys(self.works)

    @property
    def tags(self) -> list[Tag]:
        return tags_of(self.works[0], self.address) if self.is_record else []

    @property
    def links(self) -> list[Link]:
        """Every typed link from the page, first what a short header may not lose."""
        return [
            *([Link("cite-as", self.address)] if self.is_record else []),
            *(Link("type", f"https://schema.org/{name}") for name in self.types),
            *self.sets_of_links,
            *self.descriptions,
            *self.more_links,
        ]

    @property
    def sets_of_links(self) -> list[Link]:
        if "linkset.json" not in self.documents:
            return []
        return [Link("linkset", self.address_of("linkset.json"), LINKSET)]

    @property
    def descriptions(self) -> list[Link]:
        """Links to the documents that describe what the page tells of."""
        return [
            Link(
                "describedby",
                self.address_of(name),
                document.media_type,
                document.profile,
            )
            for name, document in self.documents.items()
            if document.media_type != LINKSET
        ]

    @property
    def alternates(self) -> list[Link]:
        """What else can be had instead of the page: documents, files, a feed."""
        return self.descriptions + self.files

    @property
    def files(self) -> list[Link]:
        """What can be had elsewhere: the whole of a list in a format, and its feed."""
        return [link for link in self.more_links if link.rel == "alternate"]

    @property
    def neighbours(self) -> list[Link]:
        """The pages before and after this one of a list."""
        return [link for link in self.more_links if link.rel in ("prev", "next")]


@dataclass(frozen=True, kw_only=True)
class DescribedRecord(Described):
    """A page that tells of a case, a work or a term; its own item is the first work."""

    documents: Mapping[str, Document] = field(default_factory=lambda: DOCUMENTS)
    is_record: ClassVar[bool] = True

    @property
    def items(self) -> Iterator[tuple[str, Work]]:
        """Pairs of an id for unAPI and a work, the page's own item first."""
        own, *others = self.works
        yield unapi_id(urlsplit(self.address).path), own
        yield from ((work.key, work) for work in others)


def unapi_id(path: str) -> str:
    """The path of a record's page; of a work, the citekey alone."""
    return path.strip("/").removeprefix("references/")


def csl_json(page: Described) -> Iterable[bytes]:
    """One item alone, as resolvers of DOIs answer; several as a list."""
    items = [item_of(work) for work in page.unique_works]
    yield json.dumps(items if len(items) > 1 else items[0], ensure_ascii=False).encode()


def json_ld(page: Described) -> Iterable[bytes]:
    yield json.dumps(page.graph, ensure_ascii=False).encode()


def linkset_json(page: Described) -> Iterable[bytes]:
    yield linkset(page.address, page.links).encode()


def written_in(name: str) -> Callable[[Described], Iterable[bytes]]:
    return lambda page: FORMATS[name].write(page.unique_works)


def own_item_in(name: str) -> Callable[[Described], Iterable[bytes]]:
    return lambda page: FORMATS[name].write(page.works[:1])


# The end of the address → the document, in the order of preference.
OF_ANY_PAGE: dict[str, Document] = {
    "schema.jsonld": Document("application/ld+json", json_ld, f"{CONTEXT}/"),
    "linkset.json": Document(LINKSET, linkset_json),
}
DOCUMENTS: dict[str, Document] = {
    "csl.json": Document(CSL_JSON + UTF_8, csl_json),
    **{
        f"{name}.{form.extension}": Document(form.media_type, written_in(name))
        for name, form in FORMATS.items()
        if name != "csl-json"
    },
    **OF_ANY_PAGE,
}
# The page's own item without the works that it cites: for unAPI, and linked nowhere.
OF_ITEM: dict[str, Document] = {
    f"item.{FORMATS[name].extension}": Document(
        FORMATS[name].media_type, own_item_in(name)
    )
    for name in ("zotero-rdf", "ris", "bibtex")
}

"""What a page tells of, and the documents in which machines get it.

Each document has an address below that of the page, as ``linkset.json``, and is also
the answer of the page to whoever asks for its media type.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from references.csl import Work
from references.formats import FORMATS
from references.metadata.links import LINKSET, Link, linkset
from references.metadata.schema_org import CONTEXT, Graph
from references.metadata.tags import Tag, tags_of

CSL_JSON = "application/vnd.citationstyles.csl+json"
PAGE = "text/html"
UTF_8 = "; charset=utf-8"


@dataclass(frozen=True)
class Described:
    """A page for machines: the works it names, its own item first, and what it is.

    The address has the host and ends in a slash. ``types`` are classes of schema.org.
    """

    address: str
    works: list[Work]
    graph: Graph
    types: list[str]
    summary: str = ""
    more_links: list[Link] = field(default_factory=list)

    @property
    def title(self) -> str:
        return self.works[0].title

    @property
    def tags(self) -> list[Tag]:
        return tags_of(self.works[0], self.address)

    @property
    def links(self) -> list[Link]:
        """Every typed link from the page."""
        return [
            Link("cite-as", self.address),
            *(Link("type", f"https://schema.org/{name}") for name in self.types),
            *self.alternates,
            *self.more_links,
            Link("linkset", f"{self.address}linkset.json", LINKSET),
        ]

    @property
    def alternates(self) -> list[Link]:
        """Links to the documents that describe what the page tells of."""
        return [
            Link(
                "describedby",
                f"{self.address}{name}",
                document.media_type,
                document.profile,
            )
            for name, document in DOCUMENTS.items()
            if document.media_type != LINKSET
        ]


@dataclass(frozen=True)
class Document:
    """What machines can have instead of the page. The profile names a vocabulary."""

    content_type: str
    write: Callable[[Described], Iterable[bytes]]
    profile: str = ""

    @property
    def media_type(self) -> str:
        """Without parameters such as the character set."""
        return self.content_type.partition(";")[0]


def csl_json(page: Described) -> Iterable[bytes]:
    """One item alone, as resolvers of DOIs answer; several as a list."""
    items = [work.to_csl() for work in page.works]
    yield json.dumps(items if len(items) > 1 else items[0], ensure_ascii=False).encode()


def json_ld(page: Described) -> Iterable[bytes]:
    yield json.dumps(page.graph, ensure_ascii=False).encode()


def linkset_json(page: Described) -> Iterable[bytes]:
    yield linkset(page.address, page.links).encode()


def written_in(name: str) -> Callable[[Described], Iterable[bytes]]:
    return lambda page: FORMATS[name].write(page.works)


# The end of the address → the document, in the order of preference.
DOCUMENTS = {
    "csl.json": Document(CSL_JSON + UTF_8, csl_json),
    **{
        f"{name}.{form.extension}": Document(form.media_type, written_in(name))
        for name, form in FORMATS.items()
        if name != "csl-json"
    },
    "schema.jsonld": Document("application/ld+json", json_ld, f"{CONTEXT}/"),
    "linkset.json": Document(LINKSET, linkset_json),
}

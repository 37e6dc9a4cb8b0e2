"""A page described for machines: its address, its links and its documents.

Each document has an address below that of the page, such as ``linkset.json``. A page
also answers with a document when a request prefers its media type: see negotiation.py.

Apps describe their pages by a PageDescription, or by a subclass of it with documents of
its own: references/metadata/record_page.py adds those that hold works.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, NamedTuple
from urllib.parse import urljoin

from django.http import HttpResponse
from django.urls import reverse

from casebase.metadata.schema_org import CONTEXT, Node
from casebase.metadata.signposting import LINKSET, Link, render_linkset

HTML = "text/html"
ALT_OF_SITE = "Casebase: what came of co-production, every statement with its source."

# Makes a path an address with scheme and host: ``request.build_absolute_uri``.
type Absolute = Callable[[str], str]
# Answers for a description and the parameters of the media type that a request names.
type ParametrisedAnswer = Callable[[Any, dict[str, str]], HttpResponse]


@dataclass(frozen=True)
class Document:
    """A document that machines can have in place of the page.

    ``write(description)`` yields its bytes. The profile is that of the typed link.
    """

    content_type: str
    write: Callable[[Any], Iterable[bytes]]
    profile: str = ""

    @property
    def media_type(self) -> str:
        """Return the media type without parameters, such as the character set."""
        return self.content_type.partition(";")[0]


class SharedPicture(NamedTuple):
    """The picture that stands for a page where it is shared: its address, and words."""

    address: str
    alt: str


class MetaTag(NamedTuple):
    """The name and the content of a ``<meta>`` tag."""

    name: str
    content: str


@dataclass(frozen=True, kw_only=True)
class PageDescription:
    """A page: its canonical address, what it is, where it leads and its documents.

    - ``address`` has the host, and a query if the page is a list.
    - ``json_ld`` describes the page or its subject, and ``types`` are its classes in
      schema.org.
    - ``documents`` maps the end of an address to the document there, in the order of
      our preference; no page links to ``unlinked_documents``, nor are they negotiated.
    - ``parametrised_answers`` maps media types whose parameters shape the answer, which
      thus has no address of its own, to functions that answer.
    - ``aliases`` maps a media type to other names, by which some clients ask for it
      and want to be answered.
    - ``own_picture`` stands for the page where it is shared; None: that of the site.
    """

    address: str
    title: str
    json_ld: Node
    types: list[str]
    summary: str = ""
    more_links: list[Link] = field(default_factory=list)
    documents: Mapping[str, Document] = field(default_factory=lambda: DOCUMENTS)
    unlinked_documents: Mapping[str, Document] = field(default_factory=dict)
    parametrised_answers: Mapping[str, ParametrisedAnswer] = field(default_factory=dict)
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    own_picture: SharedPicture | None = None
    # Whether the page is that of one record, to be cited by the page's address.
    is_record_page: ClassVar[bool] = False

    def document_address(self, name: str) -> str:
        """Return the address of a document, with the query of the list."""
        path, mark, query = self.address.partition("?")
        return f"{path}{name}{mark}{query}"

    @property
    def picture(self) -> SharedPicture:
        """The picture that stands for the page where it is shared."""
        address = urljoin(self.address, reverse("site-card"))
        return self.own_picture or SharedPicture(address, ALT_OF_SITE)

    @property
    def meta_tags(self) -> list[MetaTag]:
        """Tags for the head of the page, besides those of Open Graph."""
        return []

    @property
    def links(self) -> list[Link]:
        """All typed links from the page, first those that a short header must have."""
        return [
            *([Link("cite-as", self.address)] if self.is_record_page else []),
            *(Link("type", f"{CONTEXT}/{name}") for name in self.types),
            *self.linkset_links,
            *self.document_links,
            *self.more_links,
        ]

    @property
    def linkset_links(self) -> list[Link]:
        if "linkset.json" not in self.documents:
            return []
        return [Link("linkset", self.document_address("linkset.json"), LINKSET)]

    @property
    def document_links(self) -> list[Link]:
        """Links to the documents that describe the page or its subject."""
        return [
            Link(
                "describedby",
                self.document_address(name),
                document.media_type,
                document.profile,
            )
            for name, document in self.documents.items()
            if document.media_type != LINKSET
        ]

    @property
    def alternates(self) -> list[Link]:
        """Return links to alternatives to the page: documents, files, a feed."""
        return self.document_links + self.files

    @property
    def files(self) -> list[Link]:
        """Links to the whole of a list in each format, and to its feed."""
        return [link for link in self.more_links if link.rel == "alternate"]

    @property
    def neighbours(self) -> list[Link]:
        """Links to the previous and the next page of a list."""
        return [link for link in self.more_links if link.rel in ("prev", "next")]


def write_json_ld(description: PageDescription) -> Iterable[bytes]:
    yield json.dumps(description.json_ld, ensure_ascii=False).encode()


def write_linkset(description: PageDescription) -> Iterable[bytes]:
    yield render_linkset(description.address, description.links).encode()


# Those of any page.
DOCUMENTS: dict[str, Document] = {
    "schema.jsonld": Document("application/ld+json", write_json_ld, f"{CONTEXT}/"),
    "linkset.json": Document(LINKSET, write_linkset),
}

"""The page of a record that can be cited: a work, a case or a term.

Its documents hold works in every format: the record itself as a work, then the works
that its page cites.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import ClassVar
from urllib.parse import urlsplit

from casebase.metadata.page_description import (
    DOCUMENTS,
    Document,
    MetaTag,
    PageDescription,
    ParametrisedAnswer,
)
from references.csl import Work
from references.formats import FORMATS
from references.formats.citekeys import make_citekeys_unique
from references.formats.csl_json import build_export_item
from references.metadata.citation_answer import BIBLIOGRAPHY, respond_with_citation
from references.metadata.media_types import ALIASES
from references.metadata.meta_tags import build_meta_tags


@dataclass(frozen=True, kw_only=True)
class RecordPageDescription(PageDescription):
    """The page of a record; the first of ``works`` is the record itself."""

    works: list[Work]
    documents: Mapping[str, Document] = field(default_factory=lambda: RECORD_DOCUMENTS)
    unlinked_documents: Mapping[str, Document] = field(
        default_factory=lambda: ITEM_DOCUMENTS
    )
    parametrised_answers: Mapping[str, ParametrisedAnswer] = field(
        default_factory=lambda: {
            BIBLIOGRAPHY: lambda page, params: respond_with_citation(
                page.works[0], params
            )
        }
    )
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: ALIASES)
    is_record_page: ClassVar[bool] = True

    @property
    def meta_tags(self) -> list[MetaTag]:
        return build_meta_tags(self.works[0], self.address)

    @property
    def unique_works(self) -> Iterator[Work]:
        """The works with unique keys: one may have the key of the record itself."""
        return make_citekeys_unique(self.works)

    @property
    def items(self) -> Iterator[tuple[str, Work]]:
        """Pairs of an id for unAPI and a work, the record itself first."""
        own, *others = self.works
        yield unapi_id(urlsplit(self.address).path), own
        yield from ((work.key, work) for work in others)


def unapi_id(path: str) -> str:
    """The path of a record's page; of a work, the citekey alone."""
    return path.strip("/").removeprefix("references/")


def write_csl_json(page: RecordPageDescription) -> Iterable[bytes]:
    """A single item, as resolvers of DOIs answer; several items as a list."""
    items = [build_export_item(work) for work in page.unique_works]
    yield json.dumps(items if len(items) > 1 else items[0], ensure_ascii=False).encode()


def writer_of_works(name: str) -> Callable[[RecordPageDescription], Iterable[bytes]]:
    return lambda page: FORMATS[name].write(page.unique_works)


def writer_of_record(name: str) -> Callable[[RecordPageDescription], Iterable[bytes]]:
    return lambda page: FORMATS[name].write(page.works[:1])


RECORD_DOCUMENTS: dict[str, Document] = {
    "csl.json": Document(FORMATS["csl-json"].media_type, write_csl_json),
    **{
        f"{name}.{form.extension}": Document(form.media_type, writer_of_works(name))
        for name, form in FORMATS.items()
        if name != "csl-json"
    },
    **DOCUMENTS,
}
# The record itself without the works that its page cites, for unAPI.
ITEM_DOCUMENTS: dict[str, Document] = {
    f"item.{FORMATS[name].extension}": Document(
        FORMATS[name].media_type, writer_of_record(name)
    )
    for name in ("zotero-rdf", "ris", "bibtex")
}

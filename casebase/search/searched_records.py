"""Which kinds of records are searched: each app declares its own in ``search.py``."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from casebase.registry import Registry
from casebase.search.documents import DocumentPart, Offer

# The primary key of a record, its texts, and the names that lead to its page.
type DocumentContent = tuple[int, list[DocumentPart], list[Offer]]


@dataclass(frozen=True)
class SearchedRecords:
    """How the records of one kind are searched.

    ``visible()`` returns a queryset of the records that readers may see.
    ``read(keys)`` yields the content of those visible records that have these primary
    keys, in a number of queries that does not depend on how many they are.
    ``page_prefixes`` are the first segments of the addresses of their pages:
    “barriers” of ``/barriers/mistrust/``. Such an address is one word.
    ``is_multilingual`` says whether some of the texts are in other languages than
    English. If so, each word of a query is looked for in all languages.
    """

    visible: Callable[[], Any]
    read: Callable[[Iterable[int]], Iterator[DocumentContent]]
    page_prefixes: Collection[str] = ()
    is_multilingual: bool = False


searched: Registry[SearchedRecords] = Registry("search")


def page_prefixes() -> list[str]:
    """The first segments of the addresses of all pages of searched records.

    All apps have registered when it returns, even if it is called while the site still
    starts. Raises AppRegistryNotReady before Django knows the apps.
    """
    searched.autodiscover()
    return sorted({one for kind in searched.values() for one in kind.page_prefixes})


def multilingual_kinds() -> list[str]:
    """The kinds of records that have texts in several languages."""
    return [kind for kind, records in searched.items() if records.is_multilingual]

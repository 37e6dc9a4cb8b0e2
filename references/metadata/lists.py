"""Lists for machines: the part on the page, and what the whole list can be had as.

A list is a CollectionPage: https://schema.org/CollectionPage. Its address is that of
what it lists (known parameters in a fixed order), however the reader's was written. It
has no ``cite-as``: what it lists changes, so a paper says query and date instead. Its
records are ``item``; the same set in a format, and its feed, are ``alternate``.
"""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from django.urls import reverse

from references.metadata.described import PAGE, Described
from references.metadata.links import Link
from references.metadata.schema_org import CONTEXT, Graph, filled

ATOM = "application/atom+xml"

type Absolute = Callable[[str], str]


class File(NamedTuple):
    """A format of the whole list: its label, its media type, and its path."""

    label: str
    media_type: str
    path: str


def described_list(
    filterset: Any,
    absolute: Absolute,
    *,
    app: str,
    name: str,
    files: Iterable[File],
    summary: str,
    more_links: Iterable[Link] = (),
    **more: Any,
) -> Described:
    """One page of a list; ``name`` is the attribute that records are called by.

    ``more`` is what schema.org is to know of the page besides.
    """
    page, query = filterset.current_page, filterset.query
    path = absolute(reverse(f"{app}:list"))
    address = f"{path}{filterset.query_on(page.number)}"
    items = [
        (getattr(record, name), absolute(record.get_absolute_url())) for record in page
    ]
    feed = f"{absolute(reverse(f'{app}:feed'))}{query}"
    graph = page_graph(filterset, address, items, description=summary, **more)
    links = [
        *more_links,
        *neighbours(path, filterset, page),
        Link("alternate", feed, ATOM, title="New and changed in this list"),
        *(alternate(file, absolute, query) for file in files),
        *(Link("item", href, PAGE) for _, href in items),
    ]
    return Described(
        address=address,
        title=filterset.sentence,
        graph=graph,
        types=["CollectionPage"],
        summary=summary,
        more_links=links,
    )


def page_graph(
    filterset: Any, address: str, items: list[tuple[str, str]], **more: Any
) -> Graph:
    """The page of a list with the records that stand on it."""
    page = filterset.current_page
    return filled(
        context=CONTEXT,
        type="CollectionPage",
        id=address,
        url=address,
        name=filterset.sentence,
        **more,
        mainEntity=item_list(items, page.paginator.count, page.start_index()),
    )


def item_list(items: list[tuple[str, str]], total: int, first: int) -> Graph:
    """Names and addresses of the records of a page, which begins with the first."""
    return filled(
        type="ItemList",
        numberOfItems=total,
        itemListElement=[
            filled(type="ListItem", position=position, name=name, url=href)
            for position, (name, href) in enumerate(items, start=first)
        ],
    )


def alternate(file: File, absolute: Absolute, query: str) -> Link:
    media_type = file.media_type.partition(";")[0]
    href = f"{absolute(file.path)}{query}"
    return Link("alternate", href, media_type, title=file.label)


def neighbours(path: str, filterset: Any, page: Any) -> Iterable[Link]:
    if page.has_previous():
        before = filterset.query_on(page.previous_page_number())
        yield Link("prev", f"{path}{before}", PAGE)
    if page.has_next():
        after = filterset.query_on(page.next_page_number())
        yield Link("next", f"{path}{after}", PAGE)

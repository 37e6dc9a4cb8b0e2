"""Lists for machines: the part on the page, and what the whole list can be had as.

A list is a CollectionPage: https://schema.org/CollectionPage. Its address is that of
what it lists (known parameters in a fixed order), however the reader's was written. It
has no ``cite-as``: what it lists changes, so a paper says query and date instead. Its
records are ``item``; the same set in a format, and its feed, are ``alternate``.
"""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from django.urls import reverse

from casebase.metadata.page_description import PAGE, Described
from casebase.metadata.signposting import Link
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
    """One page. Records are called by their ``name``; schema.org hears of ``more``."""
    page, path = filterset.current_page, absolute(reverse(f"{app}:list"))
    address = f"{path}{filterset.query_on(page.number)}"
    items = [(getattr(each, name), absolute(each.get_absolute_url())) for each in page]
    ways = [File("New and changed in this list", ATOM, reverse(f"{app}:feed")), *files]
    return Described(
        address=address,
        title=filterset.sentence,
        graph=page_graph(filterset, address, items, description=summary, **more),
        types=["CollectionPage"],
        summary=summary,
        more_links=[*more_links, *links_of(filterset, absolute, path, ways, items)],
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


def links_of(
    filterset: Any,
    absolute: Absolute,
    path: str,
    ways: Iterable[File],
    items: list[tuple[str, str]],
) -> Iterable[Link]:
    """To the pages before and after, to all ways to have the list, to its records."""
    page = filterset.current_page
    if page.has_previous():
        before = filterset.query_on(page.previous_page_number())
        yield Link("prev", f"{path}{before}", PAGE)
    if page.has_next():
        after = filterset.query_on(page.next_page_number())
        yield Link("next", f"{path}{after}", PAGE)
    for way in ways:
        media_type = way.media_type.partition(";")[0]
        href = f"{absolute(way.path)}{filterset.query}"
        yield Link("alternate", href, media_type, title=way.label)
    for _, href in items:
        yield Link("item", href, PAGE)

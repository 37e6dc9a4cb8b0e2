"""A page of a list, described as https://schema.org/CollectionPage.

Its address is the canonical one (known parameters in a fixed order), however the
address of the request was written. It has no ``cite-as``, because the content of a list
changes: papers cite the query and the date instead. Its records are ``item``; the whole
list in each format, and its feed, are ``alternate``.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from casebase.fixed_addresses import fixed_address
from casebase.metadata.page_description import HTML, Absolute, PageDescription
from casebase.metadata.schema_org import CONTEXT, Node, build_node
from casebase.metadata.signposting import Link

ATOM = "application/atom+xml"


class ListFile(NamedTuple):
    """The whole list in a format: its label, its media type and its path."""

    label: str
    media_type: str
    path: str


def describe_list(
    filterset: Any,
    absolute: Absolute,
    *,
    app: str,
    name_field: str,
    files: Iterable[ListFile],
    summary: str,
    more_links: Iterable[Link] = (),
    **properties: Any,
) -> PageDescription:
    """The current page of a filter form; the properties are added to its node."""
    page, path = filterset.current_page, absolute(fixed_address(f"{app}:list"))
    address = f"{path}{filterset.query_for_page(page.number)}"
    feed = ListFile("New and changed in this list", ATOM, fixed_address(f"{app}:feed"))
    items = list_items(page, name_field, absolute)
    links = build_links(filterset, absolute, path, [feed, *files], items)
    return PageDescription(
        address=address,
        title=filterset.sentence,
        json_ld=build_page_node(filterset, address, items, summary, properties),
        types=["CollectionPage"],
        summary=summary,
        more_links=[*more_links, *links],
    )


def list_items(
    page: Iterable[Any], name_field: str, absolute: Absolute
) -> list[tuple[str, str]]:
    """Pairs of the name and the address of each record on the page."""
    return [
        (getattr(record, name_field), absolute(record.get_absolute_url()))
        for record in page
    ]


def build_page_node(
    filterset: Any,
    address: str,
    items: list[tuple[str, str]],
    summary: str,
    properties: dict[str, Any],
) -> Node:
    """The page of a list with the records on it, pairs of a name and an address."""
    page = filterset.current_page
    return build_node(
        context=CONTEXT,
        type="CollectionPage",
        id=address,
        url=address,
        name=filterset.sentence,
        description=summary,
        **properties,
        mainEntity=build_item_list(items, page.paginator.count, page.start_index()),
    )


def build_item_list(items: list[tuple[str, str]], total: int, first: int) -> Node:
    """The records of a page; ``first`` is the position of its first one."""
    return build_node(
        type="ItemList",
        numberOfItems=total,
        itemListElement=[
            build_node(type="ListItem", position=position, name=name, url=href)
            for position, (name, href) in enumerate(items, start=first)
        ],
    )


def build_links(
    filterset: Any,
    absolute: Absolute,
    path: str,
    files: Iterable[ListFile],
    items: list[tuple[str, str]],
) -> Iterable[Link]:
    """Links to the previous and the next page, to the files, and to the records."""
    page = filterset.current_page
    if page.has_previous():
        query = filterset.query_for_page(page.previous_page_number())
        yield Link("prev", f"{path}{query}", HTML)
    if page.has_next():
        query = filterset.query_for_page(page.next_page_number())
        yield Link("next", f"{path}{query}", HTML)
    for file in files:
        media_type = file.media_type.partition(";")[0]
        href = f"{absolute(file.path)}{filterset.query}"
        yield Link("alternate", href, media_type, title=file.label)
    for _, href in items:
        yield Link("item", href, HTML)

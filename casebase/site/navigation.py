"""The main navigation: where it leads, and which of its links a page belongs to."""

from collections.abc import Callable
from typing import NamedTuple

from django.http import HttpRequest

from casebase.fixed_addresses import fixed_address

# Label, name of the URL with its arguments, and how the addresses below it begin. Pages
# that show, place or compare cases belong to cases; those of other schemes and the
# search belong to none.
SECTIONS: tuple[tuple[str, tuple[str, ...], set[str]], ...] = (
    ("Barriers", ("initiatives:concept-list", "barriers"), {"barriers"}),
    (
        "Cases",
        ("initiatives:list",),
        {"initiatives", "map", "similar", "compare", "preview"},
    ),
    ("Findings", ("findings:list",), {"findings"}),
    ("Matrix", ("matrix:matrix",), {"matrix"}),
    ("Plan a change", ("plan:new",), {"plan"}),
    ("References", ("references:list",), {"references"}),
    ("About", ("about",), {"about", "accessibility"}),
)


class Link(NamedTuple):
    """One link; `current` is the value of its aria-current, empty on other pages."""

    label: str
    address: str
    current: str


def links(path: str) -> list[Link]:
    """Return the links as the page at the path shows them."""
    first = path.split("/")[1]
    result = []
    for label, (name, *arguments), beginnings in SECTIONS:
        address = fixed_address(name, *arguments)
        current = "page" if path == address else "true" if first in beginnings else ""
        result.append(Link(label, address, current))
    return result


def main_navigation(request: HttpRequest) -> dict[str, Callable[[], list[Link]]]:
    """Context processor: `main_navigation`, which templates without it don't build."""
    return {"main_navigation": lambda: links(request.path_info)}

"""The links of a comparison: other orders, fewer cases, other rows and columns."""

from dataclasses import dataclass
from typing import Any

from initiatives.comparison.rows import Show
from initiatives.comparison.selection import Selection, build_address


@dataclass(frozen=True)
class Place:
    """A case with the addresses that remove it or move it by one column.

    ``left`` and ``right`` are empty at the ends.
    """

    case: Any
    removed: str
    left: str = ""
    right: str = ""


def list_places(selection: Selection) -> list[Place]:
    """Return the cases in their order."""
    slugs, show = selection.slugs, selection.show

    def swapped(first: int) -> str:
        order = [*slugs]
        order[first : first + 2] = reversed(order[first : first + 2])
        return build_address(order, show=show)

    return [
        Place(
            case,
            removed=build_address(slugs[:n] + slugs[n + 1 :], show=show),
            left=swapped(n - 1) if n > 0 else "",
            right=swapped(n) if n < len(slugs) - 1 else "",
        )
        for n, case in enumerate(selection.cases)
    ]


def list_replacements(selection: Selection) -> list[tuple[Any, str]]:
    """Return pairs of a case and the address with the first surplus one instead."""
    if not selection.surplus:
        return []
    new = selection.surplus[0].slug
    return [
        (case, build_address([*(s for s in selection.slugs if s != case.slug), new]))
        for case in selection.cases
    ]


def list_shows(selection: Selection) -> dict[Show, str]:
    """Return which rows → the address that shows them."""
    pair = selection.pair if selection.asked_pair else []
    return {show: build_address(selection.slugs, show=show, pair=pair) for show in Show}


def list_pairs(selection: Selection) -> list[tuple[list[Any], str, bool]]:
    """Return triples: two cases, the address that shows these two columns on a narrow
    screen, and whether it shows them now. Empty if there are no other columns."""
    cases, slugs = selection.cases, selection.slugs
    if len(cases) <= len(selection.pair):
        return []
    pairs = [[a, b] for n, a in enumerate(cases) for b in cases[n + 1 :]]
    return [
        (
            two,
            build_address(slugs, show=selection.show, pair=[c.slug for c in two]),
            {case.slug for case in two} == {*selection.pair},
        )
        for two in pairs
    ]

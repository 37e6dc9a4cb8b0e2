"""Cases on a map: the markers that it shows, and the cases that are not on it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from pyroaring import BitMap

from casebase.facets.key_arrays import Keys, bitmap
from casebase.lists.charts import query_with
from casebase.maps.base_maps import (
    BASE_MAPS,
    View,
    names_of_views_around,
    view_around,
    view_of,
)
from casebase.maps.bins import Bins, Numbers, gather
from casebase.maps.points import Points
from casebase.maps.projection import Coordinates
from initiatives.models import Initiative, country_name

# The name of the default view.
WHERE_CASES_ARE = "cases"
# The least distance between two markers, as a share of the map's width: 24 pixels, the
# smallest target of WCAG 2.2, on a screen of 320.
DISTANCE = 0.076
# With so many cases most markers have large numbers, and need more room.
MANY, DISTANCE_IF_MANY = 1_000, 0.12
# How many cases a marker lists: fewer if there are many markers.
MOST_LISTED, LEAST_LISTED = 20, 3
LISTED_IN_ALL, LISTED_IF_MANY = 240, 120
MAX_COUNTRIES_NAMED = 3
# From this number of cases on, a marker is larger; in pixels of the radius, as is the
# least distance from the middle at which one can be touched.
LEAST_REACH = 12
RADII = {1: 6, 2: 11, 10: 13, 100: 16, 1_000: 19, 10_000: 24}
FIELDS = ("slug", "name", "locality", "region", "country", "place_note")


@dataclass(frozen=True)
class Rest:
    """Cases of a marker that are not listed: how many, and a link to where they are.

    ``words`` say what the link leads to; ``is_map`` whether it leads to a map.
    """

    count: int
    words: str
    query: str
    is_map: bool = False


@dataclass(frozen=True)
class Marker:
    """Cases whose points would hide each other: one marker, and one entry of the list.

    ``left`` and ``top`` are where the marker is, in percent of the map.
    """

    letters: str
    count: int
    left: str
    top: str
    countries: str
    cases: list[Initiative]
    rest: Rest | None

    @property
    def radius(self) -> int:
        """The radius of the marker in pixels."""
        return max(radius for n, radius in RADII.items() if self.count >= n)

    @property
    def reach(self) -> int:
        """The radius in which the marker can be touched, and that of its focus ring."""
        return max(self.radius + 4, LEAST_REACH)

    @property
    def letters_offset(self) -> int:
        """How far the letters are to the right of the middle, in pixels."""
        return self.radius + 3


class CaseMap:
    """The cases of a MapFilter on a map. One query."""

    def __init__(self, filterset: Any) -> None:
        self.filter = filterset
        self.keys: BitMap = filterset.matching_keys
        self.points: Points = filterset.snapshot.table(Initiative).points.of(self.keys)

    @property
    def object_list(self) -> BitMap:
        """All matching cases, whether they have a point or not."""
        return self.keys

    @cached_property
    def view(self) -> View:
        name = self.filter.view_name
        if name == WHERE_CASES_ARE:
            return view_around(self.points.x, self.points.y)
        return view_of(name)

    def count_in(self, name: str) -> int:
        """Return the number of cases in a view that is the same for all cases."""
        return int(BASE_MAPS[name].frame.contains(self.points.x, self.points.y).sum())

    @cached_property
    def shown(self) -> Points:
        """The points in the view."""
        return self.points.where(self.view.frame.contains(self.points.x, self.points.y))

    @property
    def n_outside(self) -> int:
        """The number of cases whose points are outside the view."""
        return len(self.points) - len(self.shown)

    @cached_property
    def without_point(self) -> BitMap:
        """The cases that have no point."""
        return self.keys - self.points.records

    @cached_property
    def _ordered(self) -> Keys:
        """The cases in the view, in the order of the list."""
        return np.array(self._in_order(self.shown.records, len(self.shown)), np.uint32)

    def _in_order(self, records: BitMap, n: int) -> list[int]:
        """Return the first ``n`` of these cases, in the order of the list."""
        order, leading = self.filter.order, self.filter.leading_keys
        keys: list[int] = self.filter.index.page(records, order, 0, n, leading)
        return keys

    @cached_property
    def _coordinates(self) -> tuple[Coordinates, Coordinates]:
        """The x and y of the cases in the view, in the order of the list."""
        at = self.shown.keys.searchsorted(self._ordered)
        return self.shown.x[at], self.shown.y[at]

    @cached_property
    def bins(self) -> Bins:
        share = DISTANCE if len(self.shown) < MANY else DISTANCE_IF_MANY
        return gather(*self._coordinates, share * self.view.frame.width)

    @cached_property
    def _n_listed(self) -> int:
        listed = LISTED_IN_ALL if len(self.shown) < MANY else LISTED_IF_MANY
        fair = listed // max(len(self.bins), 1)
        return min(max(fair, LEAST_LISTED), MOST_LISTED)

    @cached_property
    def _cases(self) -> dict[int, Initiative]:
        """The cases that the page lists. One query."""
        members = self.bins.members()
        listed = [self._ordered[of[: self._n_listed]] for of in members]
        keys = np.concatenate(
            [*listed, self._in_order(self.without_point, MOST_LISTED)]
        )
        cases: dict[int, Initiative] = (
            Initiative.objects.published()
            .only(*FIELDS)
            .in_bulk(keys.astype(int).tolist())
        )
        return cases

    def _listed(self, keys: Any) -> list[Initiative]:
        return [self._cases[key] for key in map(int, keys) if key in self._cases]

    @property
    def cases_without_point(self) -> list[Initiative]:
        """The first of the cases without a point."""
        return self._listed(self._in_order(self.without_point, MOST_LISTED))

    @property
    def n_more_without_point(self) -> int:
        """The number of cases without a point that are not listed."""
        return max(len(self.without_point) - MOST_LISTED, 0)

    @cached_property
    def markers(self) -> list[Marker]:
        """The markers in the view, those with the most cases first."""
        return [self._build_marker(*each) for each in enumerate(self.bins.members())]

    def _build_marker(self, number: int, members: Numbers) -> Marker:
        keys = self._ordered[members]
        left, top = self.view.frame.percent(self.bins.x[number], self.bins.y[number])
        records = bitmap(keys)
        counts = self.filter.index.facets["country"].top_counts(records, len(keys))
        countries = list(counts)
        n_rest = len(keys) - self._n_listed
        return Marker(
            letters=letters(number),
            count=len(keys),
            left=left,
            top=top,
            countries=name_countries(countries),
            cases=self._listed(keys[: self._n_listed]),
            rest=self._build_rest(n_rest, members, countries[0])
            if n_rest > 0
            else None,
        )

    def _build_rest(self, n: int, members: Numbers, code: str) -> Rest:
        """Return where all cases of a marker are listed, or shown nearer.

        ``code`` is that of the country which most of them are in.
        """
        filterset, records = self.filter, bitmap(self._ordered[members])
        country = country_name(code)
        of_country = filterset.index.facets["country"].any([code]) & self.keys
        narrowed = query_with(filterset.data, country=code, view="")
        if of_country == records:
            return Rest(n, f"All {len(records):,} as a list", narrowed)
        if nearer := self._nearer_view(members):
            words = f"Nearer: {BASE_MAPS[nearer].label}"
            return Rest(n, words, query_with(filterset.data, view=nearer), is_map=True)
        if len(of_country) < len(self.keys):
            return Rest(n, f"Nearer: {country}", narrowed, is_map=True)
        return Rest(n, f"All {len(of_country):,} in {country} as a list", narrowed)

    def _nearer_view(self, members: Numbers) -> str | None:
        """Return the name of a smaller view with all of these cases, or None."""
        x, y = self._coordinates
        for name in names_of_views_around(x[members], y[members]):
            if BASE_MAPS[name].frame.width < self.view.frame.width:
                return name
        return None


def letters(number: int) -> str:
    """Return the letters of a marker, as of a column of a sheet: A … Z, AA, AB …"""
    before, last = divmod(number, 26)
    return (letters(before - 1) if before else "") + chr(ord("A") + last)


def name_countries(codes: list[str]) -> str:
    """Return countries in words: “Germany, France, Italy and 2 more countries”."""
    names = [country_name(code) for code in codes[:MAX_COUNTRIES_NAMED]]
    more = len(codes) - len(names)
    words = "country" if more == 1 else "countries"
    return ", ".join(names) + (f" and {more} more {words}" if more else "")

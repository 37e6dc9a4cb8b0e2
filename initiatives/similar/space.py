"""The public cases and their values, as the measure reads them."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap
from taggit.models import Tag

from casebase.facets.key_arrays import Keys, Positions, bitmap
from casebase.facets.snapshot import Snapshot, once_per_snapshot
from casebase.facets.value_bitmaps import ValueBitmaps, upward
from initiatives.codebook import Codebook
from initiatives.facets import case_index
from initiatives.models import Concept
from initiatives.schemes import SCHEMES
from initiatives.similar.formulas import Floats, information_content
from initiatives.world_regions import region_of_country

# Facets of the index that are not terms.
OTHER_FACETS = ("settlement", "reach", "country", "year", "partner")


class CaseSpace:
    """All public cases, with a place in arrays for each, and their values by part.

    ``keys`` are the primary keys in the order in which cases that are equally close are
    listed. A case with a term has its broader terms too.
    """

    def __init__(
        self,
        keys: Keys,
        values: Mapping[str, ValueBitmaps[Any]],
        broader: Mapping[Any, Any],
    ) -> None:
        self.keys, self.values, self.broader = keys, values, broader
        self._contents: dict[str, Floats] = {}
        self._known: dict[str, NDArray[np.bool_]] = {}

    def __len__(self) -> int:
        return len(self.keys)

    def places(self, records: BitMap) -> Positions:
        """Return the places of these cases in the arrays, without other records."""
        keys = np.frombuffer((records & self._records).to_array(), np.uint32)
        return self._place_of_key[keys]

    @cached_property
    def _records(self) -> BitMap:
        return bitmap(self.keys)

    @cached_property
    def _place_of_key(self) -> Positions:
        """A table by primary key: these are given in sequence, so few are missing."""
        places = np.zeros(int(self.keys.max(initial=0)) + 1, np.intp)
        places[self.keys] = np.arange(len(self))
        return places

    def known(self, part: str) -> NDArray[np.bool_]:
        """Return for each case whether it has any value of this part; cached."""
        if part not in self._known:
            known = np.zeros(len(self), np.bool_)
            known[self.places(self.values[part].any(self.values[part]))] = True
            self._known[part] = known
        return self._known[part]

    def values_of(self, part: str, key: int) -> frozenset[Any]:
        """Return the values of one case."""
        return frozenset(self.values[part].counts(BitMap([key])))

    def n_cases(self, part: str, value: Any) -> int:
        """Return the number of cases that have this value or a narrower one."""
        return len(self.values[part].any([value]))

    def content(self, part: str, value: Any) -> float:
        """Return the information content of sharing this value."""
        return information_content(self.n_cases(part, value), len(self))

    def with_broader(self, values: Iterable[Any]) -> list[Any]:
        """Return the values and all broader ones, sorted, each once."""
        return sorted({term for v in values for term in upward(v, self.broader)})

    def sum_contents(self, part: str, values: Iterable[Any]) -> Floats:
        """Return for each case the information content of those values that it has."""
        sums = np.zeros(len(self))
        for value in values:
            sums[self.places(self.values[part].any([value]))] += self.content(
                part, value
            )
        return sums

    def all_contents(self, part: str) -> Floats:
        """Return for each case the information content of all its values; cached."""
        if part not in self._contents:
            values = sorted(self.values[part])
            self._contents[part] = self.sum_contents(part, values)
        return self._contents[part]

    @cached_property
    def years(self) -> Floats:
        """The year in which each case began, 0 if it is not known."""
        years = np.zeros(len(self))
        for year in self.values["year"]:
            years[self.places(self.values["year"].any([year]))] = year
        return years

    @cached_property
    def year_range(self) -> float:
        """The number of years between the first and the last beginning."""
        known = self.years[self.years > 0]
        return float(known.max() - known.min()) if len(known) else 0.0


@once_per_snapshot
def case_space(snapshot: Snapshot) -> CaseSpace:
    """Return the public cases of a snapshot.

    Two queries at most, for the codebook and for the names of tags.
    """
    index, codebook = case_index(snapshot), Codebook.for_snapshot(snapshot)
    terms: dict[str, list[int]] = {scheme: [] for scheme in SCHEMES}
    for key, concept in codebook.concepts.items():
        terms[concept.scheme_id].append(key)
    values = {
        words.parameter: index.facets["term"].only(terms[scheme])
        for scheme, words in SCHEMES.items()
    }
    values |= {facet: index.facets[facet] for facet in OTHER_FACETS}
    values["region"] = regions_of(index.facets["country"])
    values["tag"] = named_tags(index.facets["tag"])
    return CaseSpace(index.sequence("year"), values, snapshot.table(Concept).broader)


def regions_of(countries: ValueBitmaps[str]) -> ValueBitmaps[str]:
    """Return the cases of each part of the world."""
    regions = region_of_country()
    pairs = ((regions[code], cases) for code, cases in countries.items())
    return ValueBitmaps.from_sets(pairs)


def named_tags(tags: ValueBitmaps[int]) -> ValueBitmaps[str]:
    """Return the cases of each tag by its name, for its key may be that of a term."""
    names = dict(Tag.objects.order_by().values_list("pk", "name"))
    return ValueBitmaps.from_sets((names[key], cases) for key, cases in tags.items())

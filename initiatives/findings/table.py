"""The public statements in a snapshot: their values, their cases and their works.

What readers filter by that belongs to the case, such as its country, is not kept here:
see index.py.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from pyroaring import BitMap

from casebase.facets.grouped_records import GroupedRecords
from casebase.facets.key_arrays import Keys, Table, group_starts, take_rows
from casebase.facets.pairs import Pairs
from casebase.facets.value_bitmaps import ValueBitmaps
from initiatives.findings import rows
from initiatives.findings.rows import COLUMNS, PrimaryKeys

# Facets whose only value is “1”: a finding has it or not.
SWITCHES = ("figure", "locator", "second-hand", "disputed")
type Values = Mapping[str, ValueBitmaps[Any]]


def no_values() -> Values:
    """Return the values of an empty table."""
    names = (*COLUMNS, *SWITCHES, "year", "works", "response")
    return {name: ValueBitmaps() for name in names}


@dataclass(frozen=True)
class FindingTable:
    """The public statements in a snapshot.

    ``groups`` has the case of each, ``values`` maps facets to values, ``terms`` has its
    term and strategies, ``uses`` are pairs of a work and a finding that rests on it.
    """

    groups: GroupedRecords = field(default_factory=GroupedRecords)
    values: Values = field(default_factory=no_values)
    terms: ValueBitmaps[int] = field(default_factory=ValueBitmaps)
    uses: Pairs = field(default_factory=Pairs)

    def __len__(self) -> int:
        return len(self.groups.records)

    def updated(self, keys: PrimaryKeys) -> "FindingTable":
        """See ``FacetTable``."""
        reread = BitMap(keys or ())
        values, terms, groups = self._with_statements(reread, keys)
        used, uses = self._with_uses(reread, keys)
        values |= used
        values["disputed"] = ValueBitmaps.from_sets(rows.disputes(keys))
        return FindingTable(
            groups,
            {name: self.values[name].replaced(reread, values[name]) for name in values},
            terms,
            uses,
        )

    # What is read by each of these is given back before the other reads.

    def _with_statements(
        self, reread: BitMap, keys: PrimaryKeys
    ) -> tuple[dict[str, ValueBitmaps[Any]], ValueBitmaps[int], GroupedRecords]:
        """Return the values of columns, and the terms and groups with all findings."""
        read = rows.statements(keys)
        values = column_values(read)
        terms = values_where(read["term"] > 0, read["term"], read["key"])
        answered: ValueBitmaps[int]
        answered = ValueBitmaps.from_sets(rows.strategies(keys))
        # Terms and strategies have no key in common.
        terms = self.terms.replaced(reread, terms).replaced(BitMap(), answered)
        owned = {name: read.pop(name) for name in ("owner", "place", "key")}
        read.clear()
        return values, terms, self.groups.updated(reread, owned)

    def _with_uses(
        self, reread: BitMap, keys: PrimaryKeys
    ) -> tuple[dict[str, ValueBitmaps[Any]], Pairs]:
        """Return the values of sources, and the uses of all findings."""
        used = rows.uses(keys)
        values, pairs = source_values(used), pairs_of(used)
        return values, self.uses.updated("owner", reread, pairs)


def column_values(read: Table) -> dict[str, ValueBitmaps[Any]]:
    """Return facet → values, of the facets that are columns, figure and year."""
    return {
        **{
            name: values_where(
                read[name] > 0,
                read[name],
                read["key"],
                ["", *values.values()].__getitem__,
            )
            for name, values in COLUMNS.items()
        },
        "year": values_where(read["year"] > 0, read["year"], read["key"]),
        "figure": switch(read["has_figure"], read["key"]),
        "response": responses(read),
    }


def source_values(used: Table) -> dict[str, ValueBitmaps[Any]]:
    """Return the values of the facets locator and works, the number of works."""
    once = take_rows(used, group_starts(used["finding"], used["work"]))
    firsts = group_starts(once["finding"])
    numbers = np.diff(firsts, append=len(once["finding"]))
    return {
        "locator": switch(used["located"], used["finding"]),
        "second-hand": second_hand(used),
        "works": ValueBitmaps.from_columns(numbers, once["finding"][firsts], int),
    }


def responses(read: Table) -> ValueBitmaps[str]:
    """Return “1” for barriers and risks that have a response, “0” for the others."""
    at = np.flatnonzero(read["is_answered"])
    return ValueBitmaps.from_columns(read["has_response"][at], read["key"][at], str)


def second_hand(used: Table) -> ValueBitmaps[str]:
    """Return “1” for findings of which no work was read itself."""
    firsts = group_starts(used["finding"])
    if not len(firsts):
        return ValueBitmaps()
    is_read = np.bitwise_or.reduceat(used["is_primary"], firsts)
    return switch(is_read == 0, used["finding"][firsts])


def values_where(
    has_value: Any, values: Keys, keys: Keys, value_of: Callable[[int], Any] = int
) -> ValueBitmaps[Any]:
    """Return the values of those rows that have one."""
    at = np.flatnonzero(has_value)
    return ValueBitmaps.from_columns(values[at], keys[at], value_of)


def switch(is_on: Any, keys: Keys) -> ValueBitmaps[str]:
    """Return the values of a facet whose only value is “1”."""
    return values_where(is_on, np.ones(len(keys), "u1"), keys, str)


def pairs_of(used: Table) -> Pairs:
    """Return works with the findings that rest on them, each with its kind."""
    once = take_rows(used, group_starts(used["finding"], used["work"]))
    kinds = 1 << (once["kind"].astype("u2") - 1)
    count = np.ones(len(kinds), "u2")
    return Pairs.from_columns(once["work"], once["finding"], kinds, count)

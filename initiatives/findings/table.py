"""The public statements in a snapshot: their values, their cases and their works.

What readers filter by that belongs to the case, such as its country, is not kept here:
see index.py.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from casebase.facets.grouped_records import ROW, GroupedRecords
from casebase.facets.key_arrays import (
    Keys,
    Table,
    group_starts,
    keys_of,
    stack,
    take_rows,
)
from casebase.facets.pairs import Pairs
from casebase.facets.value_bitmaps import ValueBitmaps
from initiatives.facet_rows import KINDS
from initiatives.findings import rows
from initiatives.findings.rows import ANSWERED, COLUMNS, MODE, PrimaryKeys

# Facets whose only value is “1”: a finding has it or not.
SWITCHES = ("figure", "locator", "second-hand", "disputed")
USE = np.dtype([("record", "u4"), ("owner", "u4")])
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
        read = Statements()
        rows.read_findings("pk", keys, read)
        return self.with_statements(keys, read)

    def with_statements(self, keys: PrimaryKeys, read: "Statements") -> "FindingTable":
        """Return a copy that has what was read of these findings, or of all."""
        reread, values = BitMap(keys or ()), read.values()
        values["disputed"] = ValueBitmaps.from_sets(rows.disputes(keys))
        return FindingTable(
            self.groups.updated(reread, read.groups())
            if keys is not None
            # All of them come in the order of groups.
            else GroupedRecords(read.groups()),
            {name: self.values[name].replaced(reread, values[name]) for name in values},
            self.terms.replaced(reread, read.terms()),
            self.uses.updated("owner", reread, read.uses()),
        )

    def kinds_of(self, keys: Keys) -> NDArray[np.uint16]:
        """Return the kind of each of these findings, as ``Pairs`` have it."""
        kinds = np.zeros(int(keys.max(initial=0)) + 1, "u2")
        for place, kind in enumerate(KINDS):
            members = keys_of(self.values["kind"].any([kind]))
            kinds[members[: members.searchsorted(len(kinds))]] = 1 << place
        found: NDArray[np.uint16] = kinds[keys]
        return found


class Statements:
    """Collects what statements and their sources say."""

    def __init__(self) -> None:
        self._values: list[dict[str, ValueBitmaps[Any]]] = []
        self._terms: list[ValueBitmaps[int]] = []
        self._groups: list[Table] = []
        self._uses: list[Table] = []

    def add(self, part: Table) -> None:
        sourced = np.flatnonzero((part["work"] > 0) & (part["kind"] != MODE))
        sources = take_rows(part, sourced)
        works = take_rows(sources, group_starts(sources["finding"], sources["work"]))
        findings = take_rows(works, group_starts(works["finding"]))
        self._values.append(column_values(findings) | source_values(sources, works))
        self._terms.append(
            values_where(findings["term"] > 0, findings["term"], findings["finding"])
        )
        self._groups.append(
            {
                "owner": findings["case"],
                "place": findings["place"],
                "key": findings["finding"],
            }
        )
        self._uses.append({"record": works["work"], "owner": works["finding"]})

    def add_answers(self, answers: Table) -> None:
        # Terms and strategies have no key in common.
        self._terms.append(
            ValueBitmaps.from_columns(answers["strategy"], answers["finding"], int)
        )

    def values(self) -> dict[str, ValueBitmaps[Any]]:
        """Return facet → values, of all facets but “disputed”. Gives the parts back."""
        return {
            name: ValueBitmaps.union([part.pop(name) for part in self._values])
            for name in no_values()
            if name != "disputed"
        }

    def terms(self) -> ValueBitmaps[int]:
        """Return terms and strategies with their findings."""
        return ValueBitmaps.union(self._terms)

    def groups(self) -> Table:
        """Return the rows of ``GroupedRecords`` in the order of the parts."""
        return stack(self._groups, ROW)

    def uses(self) -> Pairs:
        """Return works with the findings that rest on them."""
        return Pairs.from_columns(**stack(self._uses, USE))


def column_values(read: Table) -> dict[str, ValueBitmaps[Any]]:
    """Return facet → values, of the facets that are columns of findings."""
    return {
        **{
            name: values_where(
                read[name] > 0,
                read[name],
                read["finding"],
                ["", *values.values()].__getitem__,
            )
            for name, values in COLUMNS.items()
        },
        "year": values_where(read["year"] > 0, read["year"], read["finding"]),
        "figure": switch(read["has_figure"], read["finding"]),
        "response": responses(read),
    }


def source_values(sources: Table, works: Table) -> dict[str, ValueBitmaps[Any]]:
    """Return the values of the facets locator, second-hand and works, their number.

    ``works`` has the rows in which a work of a finding comes first.
    """
    firsts = group_starts(works["finding"])
    numbers = np.diff(firsts, append=len(works["finding"]))
    return {
        "locator": switch(sources["located"], sources["finding"]),
        "second-hand": second_hand(sources),
        "works": ValueBitmaps.from_columns(numbers, works["finding"][firsts], int),
    }


def responses(read: Table) -> ValueBitmaps[str]:
    """Return “1” for barriers and risks that have a response, “0” for the others."""
    at = np.flatnonzero(np.isin(read["kind"], ANSWERED))
    return ValueBitmaps.from_columns(read["has_response"][at], read["finding"][at], str)


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

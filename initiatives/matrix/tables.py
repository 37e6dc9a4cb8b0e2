"""The tables of the matrix, joined from the facets of a snapshot."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from casebase.facets.cross_tables import Axis, CrossTable, Owners, mask
from casebase.facets.key_arrays import Keys, keys_of
from casebase.facets.snapshot import Snapshot, once_per_snapshot
from initiatives.codebook import Codebook
from initiatives.facets import case_index
from initiatives.findings.index import finding_index
from initiatives.matrix.axes import AxisKind, AxisValue, decades
from initiatives.models import Finding

# The tables that one snapshot keeps; each takes some megabytes at 100,000 cases.
MOST_TABLES = 6
DIRECTIONS = Finding.Direction.values
# The axis with one value, which all records have: for the totals of the other axis.
EVERYTHING = AxisKind("", "", "")
EVERYTHING_VALUE = AxisValue(None, "", "")


@dataclass(frozen=True)
class Universe:
    """The records that a table counts: statements or cases, with their cases.

    ``owners`` has the position of the case of each record.
    """

    records: Keys
    owners: Owners
    n_owners: int

    def mask(self, chosen: BitMap) -> NDArray[np.bool_]:
        return mask(self.records, chosen)


@once_per_snapshot
def all_cases(snapshot: Snapshot) -> Universe:
    keys = keys_of(case_index(snapshot).all_keys)
    return Universe(keys, np.arange(len(keys), dtype=np.uint32), len(keys))


@once_per_snapshot
def all_statements(snapshot: Snapshot) -> Universe:
    index, cases = finding_index(snapshot), all_cases(snapshot).records
    keys = keys_of(index.all_keys)
    owners = cases.searchsorted(index.groups.owners_of(keys)).astype(np.uint32)
    return Universe(keys, owners, len(cases))


@once_per_snapshot
def direction_codes(snapshot: Snapshot) -> NDArray[np.uint8]:
    """Return the place of the result of each statement among DIRECTIONS."""
    values = finding_index(snapshot).facets["direction"]
    keys = all_statements(snapshot).records
    codes = np.zeros(len(keys), np.uint8)
    for code, direction in enumerate(DIRECTIONS):
        codes[keys.searchsorted(keys_of(values.any([direction])))] = code
    return codes


@once_per_snapshot
def flags(snapshot: Snapshot) -> dict[str, NDArray[np.uint8]]:
    """Return facet → 1 for each statement that has the value “1”, otherwise 0."""
    universe, facets = all_statements(snapshot), finding_index(snapshot).facets
    return {
        name: universe.mask(facets[name].any(["1"])).astype(np.uint8)
        for name in ("second-hand", "disputed")
    }


def axis_values(snapshot: Snapshot, axis: AxisKind) -> list[AxisValue]:
    """Return all values of an axis in order, also those that no record has."""
    if axis is EVERYTHING:
        return [EVERYTHING_VALUE]
    if axis.list_values:
        return list(axis.list_values(Codebook.for_snapshot(snapshot)))
    years = [year for year, _ in case_index(snapshot).facets[axis.facet].items()]
    return list(decades(years))


def axis_of_cases(snapshot: Snapshot, axis: AxisKind) -> Axis:
    return build_axis(snapshot, axis, case_index(snapshot), all_cases(snapshot))


def axis_of_statements(snapshot: Snapshot, axis: AxisKind) -> Axis:
    """Return the axis of all statements; values of cases are those of their case."""
    statements = all_statements(snapshot)
    if axis.is_of_statements or axis is EVERYTHING:
        return build_axis(snapshot, axis, finding_index(snapshot), statements)
    return axis_of_cases(snapshot, axis).of_owned(statements.owners)


def build_axis(
    snapshot: Snapshot, axis: AxisKind, index: Any, universe: Universe
) -> Axis:
    def members() -> Iterable[tuple[AxisValue, BitMap]]:
        for value in axis_values(snapshot, axis):
            if axis is EVERYTHING:
                yield value, index.all_keys
            elif value.years:
                first, last = value.years
                in_years = range(first, last + 1).__contains__
                yield value, index.facets[axis.facet].where(in_years)
            else:
                yield value, index.facets[axis.facet].any([value.key])

    return Axis.from_bitmaps(universe.records, members())


@once_per_snapshot
def kept_tables(snapshot: Snapshot) -> dict[tuple[str, str, bool], CrossTable]:
    return {}


def cross_table(
    snapshot: Snapshot, rows: AxisKind, columns: AxisKind, *, is_linked: bool
) -> CrossTable:
    """Return the table of two axes, of statements if linked, otherwise of cases.

    The last MOST_TABLES are kept with the snapshot.
    """
    tables, key = kept_tables(snapshot), (rows.name, columns.name, is_linked)
    table = tables.pop(key, None) or join(snapshot, rows, columns, is_linked)
    tables[key] = table
    for oldest in list(tables)[:-MOST_TABLES]:
        tables.pop(oldest, None)
    return table


def join(
    snapshot: Snapshot, rows: AxisKind, columns: AxisKind, is_linked: bool
) -> CrossTable:
    build = axis_of_statements if is_linked else axis_of_cases
    universe = all_statements(snapshot) if is_linked else all_cases(snapshot)
    return CrossTable(
        build(snapshot, rows),
        build(snapshot, columns),
        universe.owners,
        universe.n_owners,
    )

"""Counts of records by two of their facets at once, such as barriers by strategies.

A table is joined once for each snapshot, and counted anew for each set of records: with
arrays, because the bitmaps of all cells would have to be intersected one by one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from casebase.facets.key_arrays import Keys, Positions, keys_of, ranges

type Counts = NDArray[np.int64]
# Positions of the owners of records; there are millions of records, and fewer owners.
type Owners = NDArray[np.uint32]
# Up to this share of all records, each is looked up: reading all would take longer.
MAX_LOOKED_UP_SHARE = 1 / 8


@dataclass(frozen=True)
class Axis:
    """The values of records, which are numbered by their position in ``records``.

    ``values`` are those of the axis in order. The codes of the n-th record, which are
    positions among the values, are ``codes[starts[n]:starts[n + 1]]``.
    """

    values: Sequence[Any]
    starts: Positions
    codes: NDArray[np.uint16]

    @classmethod
    def from_bitmaps(
        cls, records: Keys, members: Iterable[tuple[Any, BitMap]]
    ) -> "Axis":
        """Build an axis from pairs of a value and its records; the keys are sorted."""
        values: list[Any] = []
        places: list[Positions] = [np.empty(0, np.intp)]
        codes: list[NDArray[np.uint16]] = [np.empty(0, np.uint16)]
        everything = BitMap(records)
        for n, (value, keys) in enumerate(members):
            at = records.searchsorted(keys_of(keys & everything))
            values.append(value)
            places.append(at)
            codes.append(np.full(len(at), n, np.uint16))
        place, code = np.concatenate(places), np.concatenate(codes)
        starts = np.zeros(len(records) + 1, np.intp)
        np.cumsum(np.bincount(place, minlength=len(records)), out=starts[1:])
        return cls(values, starts, code[np.argsort(place, kind="stable")])

    def of_owned(self, owners: Owners) -> "Axis":
        """Return the axis of records that have the values of their owners.

        ``owners`` has the position of the owner of each record.
        """
        sizes = np.diff(self.starts)[owners]
        starts = np.zeros(len(owners) + 1, np.intp)
        np.cumsum(sizes, out=starts[1:])
        at = ranges(self.starts[:-1][owners], sizes)
        return Axis(self.values, starts, self.codes[at])

    def __len__(self) -> int:
        return len(self.values)


class CrossTable:
    """All pairs of a row’s and a column’s value that a record has.

    ``owners`` has the position of the owner of each record, of ``n_owners``. Counts are
    arrays with a row for each value of ``rows`` and a column for each of ``columns``.
    """

    def __init__(self, rows: Axis, columns: Axis, owners: Owners, n_owners: int):
        self.rows, self.columns = rows.values, columns.values
        # Whether each record has a value of a row.
        self.has_row = np.diff(rows.starts) > 0
        self._n_cells = len(rows) * len(columns)
        # For each entry, the position of a record and the number of a cell it is in.
        self._records, self._cells = join(rows, columns)
        # The group of each entry, and the cell of each group. A group has the entries
        # of one owner in one cell.
        joined = self._cells.astype(np.int64) * n_owners + owners[self._records]
        groups, group_of = np.unique(joined, return_inverse=True)
        self._group_of = group_of.astype(np.uint32)
        self._cell_of_group = (groups // max(n_owners, 1)).astype(self._cells.dtype)

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.rows), len(self.columns)

    def count(self, among: NDArray[np.bool_]) -> Counts:
        """Return the number of records of each cell; ``among`` says which to count."""
        cells = self._cells[self._entries(among)]
        counts = np.bincount(cells, minlength=self._n_cells)
        return counts.reshape(self.shape)

    def _entries(self, among: NDArray[np.bool_]) -> Positions:
        """Return the positions of the entries of these records.

        Those of few records are looked up, and those of many found by reading all.
        """
        if np.count_nonzero(among) > len(among) * MAX_LOOKED_UP_SHARE:
            return np.flatnonzero(among[self._records])
        chosen = np.flatnonzero(among).astype(np.uint32)
        firsts = self._records.searchsorted(chosen)
        return ranges(firsts, self._records.searchsorted(chosen, "right") - firsts)

    def count_by(
        self, among: NDArray[np.bool_], codes: NDArray[np.uint8], n: int
    ) -> Counts:
        """Return the numbers of records by cell and by one of ``n`` codes of each."""
        at = self._entries(among)
        joined = self._cells[at].astype(np.intp) * n + codes[self._records[at]]
        counts = np.bincount(joined, minlength=self._n_cells * n)
        return counts.reshape(*self.shape, n)

    def count_owners(self, among: NDArray[np.bool_]) -> Counts:
        """Return the number of different owners of the records of each cell."""
        is_present = np.zeros(len(self._cell_of_group), np.bool_)
        is_present[self._group_of[self._entries(among)]] = True
        cells = self._cell_of_group[is_present]
        counts = np.bincount(cells, minlength=self._n_cells)
        return counts.reshape(self.shape)


def join(rows: Axis, columns: Axis) -> tuple[NDArray[np.uint32], NDArray[Any]]:
    """Return the positions of records, and the number of a cell that each is in."""
    n_rows, n_columns = np.diff(rows.starts), np.diff(columns.starts)
    sizes = n_rows * n_columns
    at = np.flatnonzero(sizes)
    records = np.repeat(at, sizes[at])
    place = ranges(np.zeros(len(at), np.intp), sizes[at])
    row, column = np.divmod(place, n_columns[records])
    row_codes = rows.codes[rows.starts[records] + row]
    column_codes = columns.codes[columns.starts[records] + column]
    cells = row_codes.astype(np.intp) * len(columns) + column_codes
    small = np.min_scalar_type(len(rows) * len(columns))
    return records.astype(np.uint32), cells.astype(small)


def mask(records: Keys, chosen: BitMap) -> NDArray[np.bool_]:
    """Return for each of the sorted keys whether it is chosen."""
    keys = keys_of(chosen)
    if len(keys) > len(records) * MAX_LOOKED_UP_SHARE:
        by_key = np.zeros(int(records[-1]) + 1 if len(records) else 0, np.bool_)
        by_key[keys[: keys.searchsorted(len(by_key))]] = True
        return by_key[records]
    is_chosen = np.zeros(len(records), np.bool_)
    at = records.searchsorted(keys)
    known = np.flatnonzero(at < len(records))
    at = at[known]
    is_chosen[at[records[at] == keys[known]]] = True
    return is_chosen

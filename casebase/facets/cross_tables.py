"""Counts of records by two of their facets at once, such as barriers by strategies.

A table is joined once for each snapshot, and counted anew for each set of records: with
arrays, because the bitmaps of all cells would have to be intersected one by one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from casebase.facets.grouped_records import ranges
from casebase.facets.key_arrays import Keys, Positions, keys_of

type Counts = NDArray[np.int64]


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

    def of_owned(self, owners: Positions) -> "Axis":
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


@dataclass(frozen=True)
class CrossTable:
    """All pairs of a row’s and a column’s value that a record has.

    ``owners`` has the position of the owner of each record, of ``n_owners``. Counts are
    arrays with a row for each value of ``rows`` and a column for each of ``columns``.
    """

    rows: Axis
    columns: Axis
    owners: Positions
    n_owners: int

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.rows), len(self.columns)

    @property
    def _n_cells(self) -> int:
        return len(self.rows) * len(self.columns)

    @cached_property
    def _entries(self) -> tuple[Positions, Positions]:
        """Two arrays: the position of a record, and the number of a cell it is in."""
        n_rows, n_columns = np.diff(self.rows.starts), np.diff(self.columns.starts)
        sizes = n_rows * n_columns
        at = np.flatnonzero(sizes)
        records = np.repeat(at, sizes[at])
        place = ranges(np.zeros(len(at), np.intp), sizes[at])
        row, column = np.divmod(place, n_columns[records])
        row_codes = self.rows.codes[self.rows.starts[records] + row]
        column_codes = self.columns.codes[self.columns.starts[records] + column]
        cells = row_codes.astype(np.intp) * len(self.columns) + column_codes
        return records.astype(np.uint32), cells.astype(np.uint32)

    @cached_property
    def _groups(self) -> tuple[Positions, Positions]:
        """Two arrays: the group of each entry, and the cell of each group.

        A group has the entries of one owner in one cell.
        """
        records, cells = self._entries
        joined = cells.astype(np.int64) * self.n_owners + self.owners[records]
        groups, group_of = np.unique(joined, return_inverse=True)
        return group_of.astype(np.uint32), (groups // self.n_owners).astype(np.uint32)

    def count(self, among: NDArray[np.bool_]) -> Counts:
        """Return the number of records of each cell; ``among`` says which to count."""
        records, cells = self._entries
        counts = np.bincount(cells[among[records]], minlength=self._n_cells)
        return counts.reshape(self.shape)

    def count_by(
        self, among: NDArray[np.bool_], codes: NDArray[np.uint8], n: int
    ) -> Counts:
        """Return the numbers of records by cell and by one of ``n`` codes of each."""
        records, cells = self._entries
        at = np.flatnonzero(among[records])
        joined = cells[at].astype(np.intp) * n + codes[records[at]]
        counts = np.bincount(joined, minlength=self._n_cells * n)
        return counts.reshape(*self.shape, n)

    def count_owners(self, among: NDArray[np.bool_]) -> Counts:
        """Return the number of different owners of the records of each cell."""
        group_of, cell_of = self._groups
        is_present = np.zeros(len(cell_of), np.bool_)
        is_present[group_of[among[self._entries[0]]]] = True
        counts = np.bincount(cell_of[is_present], minlength=self._n_cells)
        return counts.reshape(self.shape)


def mask(records: Keys, chosen: BitMap) -> NDArray[np.bool_]:
    """Return for each of the sorted keys whether it is chosen."""
    by_key = np.zeros(int(records[-1]) + 1 if len(records) else 0, np.bool_)
    keys = keys_of(chosen)
    by_key[keys[: keys.searchsorted(len(by_key))]] = True
    return by_key[records]

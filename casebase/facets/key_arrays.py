"""Primary keys, of at most 32 bits, as arrays and as bitmaps."""

from array import array
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

type Keys = NDArray[np.uint32]
type Places = NDArray[np.intp]
# Columns of the same length, by name.
type Table = dict[str, NDArray[Any]]


def bitmap(keys: Keys) -> BitMap:
    """The bitmap of these keys."""
    return BitMap(array("I", keys.tobytes()))


def places(keys: Keys, records: BitMap, *, absent: bool = False) -> Places:
    """The places of these records among the keys, or of all others if ``absent``.

    Taking rows by their places is far faster than by a mask.
    """
    wanted = np.frombuffer(records.to_array(), np.uint32)
    return np.flatnonzero(np.isin(keys, wanted, invert=absent))


def piece(sequence: Keys, records: BitMap, start: int, stop: int) -> list[int]:
    """The records from ``start`` to ``stop``, in the order of the sequence."""
    if len(records) == len(sequence):
        return sequence[start:stop].tolist()  # type: ignore[no-any-return]
    return sequence[places(sequence, records)[start:stop]].tolist()  # type: ignore[no-any-return]


def beginnings(*columns: Keys) -> Places:
    """The places of rows that differ in any of the columns from the row before."""
    differs = np.ones(len(columns[0]), np.bool_)
    differs[1:] = False
    for keys in columns:
        differs[1:] |= keys[1:] != keys[:-1]
    return np.flatnonzero(differs)


def table(rows: NDArray[Any]) -> Table:
    """The columns of an array of records, each in one piece."""
    return {name: np.ascontiguousarray(rows[name]) for name in rows.dtype.names or ()}


def taken(rows: Table, where: Places) -> Table:
    """The rows at these places."""
    return {name: column[where] for name, column in rows.items()}


def spliced(rows: Table, kept: Places, by: str, added: Table) -> Table:
    """The rows of a table at these places, and other rows, sorted by one column.

    Both must be sorted by it already.
    """
    rest = taken(rows, kept)
    where = rest[by].searchsorted(added[by])
    return {
        name: np.insert(column, where, added[name]) for name, column in rest.items()
    }

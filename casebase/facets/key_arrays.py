"""Functions on primary keys of up to 32 bits, as sorted arrays and as bitmaps."""

from array import array
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

type Keys = NDArray[np.uint32]
type Positions = NDArray[np.intp]
# Columns of the same length, by name.
type Table = dict[str, NDArray[Any]]


def bitmap(keys: Keys) -> BitMap:
    """Return the bitmap of these keys."""
    values = array("I")
    values.frombytes(np.ascontiguousarray(keys, np.uint32).view(np.uint8))
    return BitMap(values)


def keys_of(records: BitMap) -> Keys:
    """Return the keys of a bitmap, sorted."""
    return np.frombuffer(records.to_array(), np.uint32)


def positions(keys: Keys, records: BitMap, *, absent: bool = False) -> Positions:
    """Return the positions of these records among the keys.

    With ``absent``, return the positions of all other keys. Selecting rows by position
    is much faster than by a mask.
    """
    return np.flatnonzero(np.isin(keys, keys_of(records), invert=absent))


def slice_in_order(sequence: Keys, records: BitMap, start: int, stop: int) -> list[int]:
    """Return the records from ``start`` to ``stop``, in the order of the sequence."""
    if len(records) < len(sequence):
        sequence = sequence[positions(sequence, records)]
    keys: list[int] = sequence[start:stop].tolist()
    return keys


def group_starts(*columns: Keys) -> Positions:
    """Return the positions of rows that differ in any column from the row before."""
    differs = np.ones(len(columns[0]), np.bool_)
    differs[1:] = False
    for keys in columns:
        differs[1:] |= keys[1:] != keys[:-1]
    return np.flatnonzero(differs)


def ranges(firsts: Positions, sizes: Positions) -> Positions:
    """Return the numbers from each first one on, as many as its size, in one array."""
    offsets = firsts - (np.cumsum(sizes) - sizes)
    return np.arange(sizes.sum()) + np.repeat(offsets, sizes)


def top_positions(counts: NDArray[np.int64], n: int) -> Positions:
    """Return the positions of the ``n`` highest counts without zeros, highest first.

    Those of the same count are in their order. Only these are sorted.
    """
    least = 1
    if len(counts) > n > 0:
        least = max(least, int(np.partition(counts, -n)[-n]))
    above = np.flatnonzero(counts > least)
    equal = np.flatnonzero(counts == least)[: max(n - len(above), 0)]
    top = np.concatenate([above, equal])[:n]
    return top[np.argsort(-counts[top], kind="stable")]


def sort_positions(first: Keys, second: Keys) -> Positions:
    """Return the positions of rows in the order of two columns, as a sort has them.

    Both in one number are sorted in half of the time and memory of two sorts.
    """
    return np.argsort(first.astype(np.uint64) << np.uint64(32) | second, kind="stable")


def columns_of(rows: NDArray[Any]) -> Table:
    """Return the columns of a structured array, each contiguous in memory."""
    return {name: np.ascontiguousarray(rows[name]) for name in rows.dtype.names or ()}


def take_rows(rows: Table, at: Positions) -> Table:
    """Return the rows at these positions."""
    return {name: column[at] for name, column in rows.items()}


def replace_rows(rows: Table, kept: Positions, by: str, added: Table) -> Table:
    """Return the rows at the positions ``kept``, with the rows ``added`` inserted.

    Both tables must be sorted by the column ``by``, and so is the result.
    """
    rest = take_rows(rows, kept)
    at = rest[by].searchsorted(added[by])
    return {name: np.insert(column, at, added[name]) for name, column in rest.items()}

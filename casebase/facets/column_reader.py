"""Reads numbers of records as arrays.

The database writes the numbers of many rows into one text, of which an array is made
at once. So no row becomes an object of Python, which would take most of the time.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import batched
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import Count
from pyroaring import BitMap

from casebase.facets.digits import WIDTH, WIDTHS, Columns, Digits, pack, unpack
from casebase.facets.key_arrays import Table, bitmap
from casebase.facets.row_stream import MAX_KEYS_PER_QUERY

type PrimaryKeys = Iterable[int] | None

# Records are read by ranges of this many primary keys, or by this number of ranges if
# the keys have large gaps.
RANGE, MOST_RANGES = 2**16, 2**11
# From this number of ranges on, several threads read: the database works in parallel.
FEWEST_RANGES_FOR_THREADS = 8
THREADS = 2


def read_columns(
    records: Any, columns: Columns, path: str, keys: PrimaryKeys
) -> Iterator[Table]:
    """Yield tables of the records whose ``path`` is one of the keys, in any order.

    ``keys`` is None for all records. All rows of a record are in the same table.
    Primary keys of more than 32 bits raise OverflowError.
    """
    types = {
        text: {name: columns[name][0] for name in names}
        for text, names in pack(columns).items()
    }
    texts = {text: _digits(columns, names) for text, names in types.items()}

    def read(some: Any) -> Table:
        found = some.order_by().aggregate(n_rows=Count("*"), **texts)
        table: Table = {}
        for text in texts:
            table |= unpack(found[text], found["n_rows"], types[text])
        return table

    return _read_parts(records, path, keys, read)


def _digits(columns: Columns, names: Mapping[str, str]) -> Digits:
    """Return the expression for one text of these columns: name → type."""
    widths = [WIDTHS[dtype] for dtype in names.values()]
    return Digits(*(columns[name][1] for name in names), widths=widths)


def read_table(records: Any, columns: Columns, path: str, keys: PrimaryKeys) -> Table:
    """Return what ``read_columns`` yields as one table."""
    parts = list(read_columns(records, columns, path, keys))
    return {
        name: np.concatenate([np.empty(0, dtype), *(part.pop(name) for part in parts)])
        for name, (dtype, _) in columns.items()
    }


def read_groups(
    records: Any, value: str, key: str, path: str, keys: PrimaryKeys
) -> Iterator[tuple[Any, BitMap]]:
    """Yield values with the primary keys ``key`` of records that have them.

    A value may come repeatedly.
    """

    def read(some: Any) -> list[tuple[Any, BitMap]]:
        rows = some.order_by().values_list(value)
        rows = rows.annotate(n_rows=Count("*"), text=Digits(key, widths=[WIDTH]))
        return [(v, bitmap(unpack(t, n, {"key": "u4"})["key"])) for v, n, t in rows]

    for part in _read_parts(records, path, keys, read):
        yield from part


def _read_parts[Part](
    records: Any, path: str, keys: PrimaryKeys, read: Callable[[Any], Part]
) -> Iterator[Part]:
    """Read the records in parts, in threads if there are many."""
    if keys is not None:
        for some in batched(keys, MAX_KEYS_PER_QUERY):
            yield read(records.filter(**{f"{path}__in": some}))
        return
    if connection.in_atomic_block:
        # Other connections don't see the changes of a transaction.
        yield read(records)
        return
    parts = [records.filter(pk__range=one) for one in _ranges(records.model)]
    if len(parts) < FEWEST_RANGES_FOR_THREADS:
        yield from map(read, parts)
        return
    with ThreadPoolExecutor(THREADS) as pool:
        # A thread is given more only when what it has read is taken.
        for some in batched(parts, THREADS):
            yield from pool.map(lambda part: _read_in_thread(read, part), some)


def _read_in_thread[Part](read: Callable[[Any], Part], records: Any) -> Part:
    try:
        return read(records)
    finally:
        connection.close()


def _ranges(model: Any) -> list[tuple[int, int]]:
    """Return the first and last primary keys of ranges that have all records."""
    # Both ends at once would have SQLite read the whole table.
    keys = model.objects.order_by("pk").values_list("pk", flat=True)
    if not (first := keys.first()):
        return []
    last = keys.last()
    step = max(RANGE, (last - first) // MOST_RANGES + 1)
    firsts = range(first, last + 1, step)
    return [(first, first + step - 1) for first in firsts]

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
from casebase.facets.key_arrays import Table, bitmap, stack
from casebase.facets.row_stream import MAX_KEYS_PER_QUERY

type PrimaryKeys = Iterable[int] | None

# Records are read by ranges of this many primary keys or, with all records of an owner
# in one range, of this many owners. If keys have large gaps, there are at most so many
# ranges.
RANGE, RANGE_OF_OWNERS, MOST_RANGES = 2**16, 2**12, 2**11
# From this number of ranges on, several threads read: the database works in parallel.
FEWEST_RANGES_FOR_THREADS = 8
THREADS = 2


def read_columns(
    records: Any, columns: Columns, path: str, keys: PrimaryKeys
) -> Iterator[Table]:
    """Yield tables of the records whose ``path`` is one of the keys, in any order.

    ``keys`` is None for all records. These come by ranges of ``path``, in ascending
    order. All records of one key are in the same table. Primary keys of more than 32
    bits raise OverflowError.
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

    return _read_parts(records, path, keys, read, by=path)


def _digits(columns: Columns, names: Mapping[str, str]) -> Digits:
    """Return the expression for one text of these columns: name → type."""
    widths = [WIDTHS[dtype] for dtype in names.values()]
    return Digits(*(columns[name][1] for name in names), widths=widths)


def read_table(records: Any, columns: Columns, path: str, keys: PrimaryKeys) -> Table:
    """Return what ``read_columns`` yields as one table."""
    types = np.dtype([(name, dtype) for name, (dtype, _) in columns.items()])
    return stack(list(read_columns(records, columns, path, keys)), types)


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

    for part in _read_parts(records, path, keys, read, by="pk"):
        yield from part


def _read_parts[Part](
    records: Any, path: str, keys: PrimaryKeys, read: Callable[[Any], Part], by: str
) -> Iterator[Part]:
    """Read the records in parts, in threads if there are many.

    All records are read by ranges of ``by``, the primary key or an owner.
    """
    if keys is not None:
        for some in batched(keys, MAX_KEYS_PER_QUERY):
            yield read(records.filter(**{f"{path}__in": some}))
        return
    if connection.in_atomic_block:
        # Other connections don't see the changes of a transaction.
        yield read(records)
        return
    parts = _ranges(records, by)
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


def _ranges(records: Any, by: str) -> list[Any]:
    """Return the records by ranges of their primary keys, or of those of owners."""
    model, size = records.model, RANGE
    if by != "pk":
        model, size = model._meta.get_field(by).related_model, RANGE_OF_OWNERS
    # Both ends at once would have SQLite read the whole table.
    keys = model.objects.order_by("pk").values_list("pk", flat=True)
    if not (first := keys.first()):
        return []
    last = keys.last()
    step = max(size, (last - first) // MOST_RANGES + 1)
    return [
        records.filter(**{f"{by}__gte": start, f"{by}__lt": start + step})
        for start in range(first, last + 1, step)
    ]

"""Rows of records, read as a stream."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import batched
from typing import Any

CHUNK = 10_000
# How many keys stand in one query.
KEYS = 1_000


def stream_rows(
    records: Any, fields: Sequence[str], path: str, keys: Iterable[int] | None
) -> Iterator[tuple[Any, ...]]:
    """These fields of the records whose ``path`` is one of the keys, or of all of them.

    One query for all of them, or for a thousand keys.
    """
    rows = records.order_by().values_list(*fields)
    if keys is None:
        yield from rows.iterator(chunk_size=CHUNK)
        return
    for some in batched(keys, KEYS):
        yield from rows.filter(**{f"{path}__in": some}).iterator(chunk_size=CHUNK)

"""Reads rows of records as a stream."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import batched
from typing import Any

CHUNK = 10_000
MAX_KEYS_PER_QUERY = 1_000


def stream_rows(
    records: Any, fields: Sequence[str], path: str, keys: Iterable[int] | None
) -> Iterator[tuple[Any, ...]]:
    """Yield the fields of the records whose ``path`` is one of the keys.

    ``keys`` is None for all records. One query for all records, or for 1,000 keys.
    """
    rows = records.order_by().values_list(*fields)
    if keys is None:
        yield from rows.iterator(chunk_size=CHUNK)
        return
    for some in batched(keys, MAX_KEYS_PER_QUERY):
        yield from rows.filter(**{f"{path}__in": some}).iterator(chunk_size=CHUNK)

"""The result set of a list: records that are fetched in pieces, as they are needed."""

from itertools import batched

CHUNK = 500


class ResultSet:
    """The records of a set, in one of the orders of an index; ``leading_keys`` first.

    ``records`` is the queryset that records are fetched with: it decides which related
    records come with them, and records that it excludes are left out. Slicing,
    iterating and counting work as with a queryset.
    """

    def __init__(self, records, index, keys, order, leading_keys=()):
        self.records, self.index, self.keys = records, index, keys
        self.order, self.leading_keys = order, leading_keys

    def __len__(self):
        return len(self.keys)

    def __getitem__(self, piece):
        """Return a list. One query for a slice of any length, plus prefetches."""
        return self._fetch(self._page(piece.start or 0, piece.stop))

    def __iter__(self):
        return self.iterator()

    def iterator(self, chunk_size=CHUNK):
        """Yield all records, with one chunk in memory at a time."""
        for keys in batched(self._page(0, len(self)), chunk_size):
            yield from self._fetch(keys)

    def prefetch_related(self, *lookups):
        return self._with_queryset(self.records.prefetch_related(*lookups))

    def values(self, *fields):
        """Return a result set of dictionaries. “pk” has to be among the fields."""
        return self._with_queryset(self.records.values(*fields))

    def _with_queryset(self, records):
        return ResultSet(records, self.index, self.keys, self.order, self.leading_keys)

    def _page(self, start, stop):
        return self.index.page(self.keys, self.order, start, stop, self.leading_keys)

    def _fetch(self, keys):
        rows = {key_of(row): row for row in self.records.filter(pk__in=keys)}
        return [rows[key] for key in keys if key in rows]


def key_of(row):
    return row["pk"] if isinstance(row, dict) else row.pk

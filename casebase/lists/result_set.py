"""Records that were found: they are fetched when they are taken, and as many."""

from itertools import batched

CHUNK = 500


class Found:
    """The records of a set, in one of the orders of an index, after the ``first``.

    ``records`` is the queryset they are read through: what it hides is left out, and it
    says what comes with them. In most places this stands where a queryset might.
    """

    def __init__(self, records, index, keys, order, first=()):
        self.records, self.index, self.keys = records, index, keys
        self.order, self.first = order, first

    def __len__(self):
        return len(self.keys)

    def __getitem__(self, piece):
        """A list. One query for a piece of any length, and those of prefetches."""
        return self._fetch(self._page(piece.start or 0, piece.stop))

    def __iter__(self):
        return self.iterator()

    def iterator(self, chunk_size=CHUNK):
        """All of them, a chunk in memory at a time."""
        for keys in batched(self._page(0, len(self)), chunk_size):
            yield from self._fetch(keys)

    def prefetch_related(self, *lookups):
        return self._through(self.records.prefetch_related(*lookups))

    def values(self, *fields):
        """Mappings instead of records; “pk” has to be among the fields."""
        return self._through(self.records.values(*fields))

    def _through(self, records):
        return Found(records, self.index, self.keys, self.order, self.first)

    def _page(self, start, stop):
        return self.index.page(self.keys, self.order, start, stop, self.first)

    def _fetch(self, keys):
        found = {key_of(row): row for row in self.records.filter(pk__in=keys)}
        return [found[key] for key in keys if key in found]


def key_of(row):
    return row["pk"] if isinstance(row, dict) else row.pk

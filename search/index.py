"""One index for each kind of document, in whichever database the site runs on."""

from dataclasses import dataclass
from itertools import islice

from django.db import connection
from pyroaring import BitMap

from search import postgresql, sqlite
from search.query import EVERYTHING

ENGINES = {"postgresql": postgresql, "sqlite": sqlite}
# Of more matches than these, the likeliest are ranked: what a query costs has an end.
MOST_RANKED = 2_000


@dataclass(frozen=True)
class Index:
    """The index of one kind: records by their primary keys."""

    kind: str

    @property
    def table(self):
        return f"search_index_{self.kind}"

    @property
    def engine(self):
        return ENGINES[connection.vendor]

    def matching(self, query):
        """All that a query finds, as a bitmap."""
        if not query:
            return BitMap()
        return BitMap(self.engine.matching(self.table, query))

    def everything(self):
        return self.matching(EVERYTHING)

    def ranked(self, query, candidates, limit):
        """The best of the candidates, which the query finds; best first.

        Of more than ``MOST_RANKED`` only as many are compared: those with the words in
        their name, then those that were added last.
        """
        hopes = query.hopes
        if not hopes or not candidates:
            return []
        if len(candidates) > MOST_RANKED:
            candidates = self._likeliest(query, candidates)
        return self.engine.ranked(self.table, hopes, candidates, limit)

    def _likeliest(self, query, candidates):
        named = BitMap(self.engine.named(self.table, query)) & candidates
        chosen = BitMap(islice(reversed(named), MOST_RANKED))
        others = reversed(candidates - named)
        return chosen | BitMap(islice(others, MOST_RANKED - len(chosen)))

    def write(self, streams):
        """Have it say this of documents: primary key → lists of keys by weight."""
        if streams:
            self.engine.write(self.table, streams)

    def erase(self, records):
        if records:
            self.engine.erase(self.table, records)

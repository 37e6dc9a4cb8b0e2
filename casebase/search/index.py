"""One index for each kind of document, in whichever database the site runs on."""

from dataclasses import dataclass
from itertools import groupby, islice
from math import log1p
from operator import itemgetter

from django.db import connection
from pyroaring import BitMap

from casebase.search import postgresql, sqlite
from casebase.search.query_tree import EVERYTHING

ENGINES = {"postgresql": postgresql, "sqlite": sqlite}
# Of more matches than these, the likeliest are ranked: what a query costs has an end.
MOST_RANKED = 2_000
# Of records with a single word so many are looked at: more say that the word tells
# them apart from few others.
MOST_WITH_A_WORD = 20_000
# As much as a record must have of what the one with most words has, by their weights.
LEAST = 1 / 3


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

    def nearest(self, query, others, limit):
        """The best of the records that have some of the query's words, best first,
        each with the words that it has not; none of ``others``.

        A word weighs the more the rarer it is. Where there are more than
        ``MOST_RANKED``, those with most words are compared.
        """
        words = query.single_words
        having = self._having(words)
        candidates = _with_most(list(having.values()), others)
        if len(words) < 2 or not candidates:
            return {}
        weights = _weights(having)
        best = self.engine.nearest(self.table, weights, candidates, limit)
        held = {key: [word for word in having if key in having[word]] for key in best}
        weight = {key: sum(map(weights.get, held[key])) for key in best}
        # Beside one with much of what is asked for, one with little of it says nothing.
        least = max(weight.values()) * LEAST
        return {
            key: [word.text for word in words if word not in held[key]]
            for key in best
            if weight[key] >= least
        }

    def _having(self, words):
        """Word → the records that have it, up to so many; no word that none has."""
        rows = words and self.engine.having(self.table, words, MOST_WITH_A_WORD)
        return {
            words[n]: BitMap([record for _, record in of_word])
            for n, of_word in groupby(rows, key=itemgetter(0))
        }

    def write(self, streams):
        """Have it say this of documents: primary key → lists of keys by weight."""
        if streams:
            self.engine.write(self.table, streams)

    def erase(self, records):
        if records:
            self.engine.erase(self.table, records)


def _weights(having):
    """Word → what it tells: the more, the fewer records have it."""
    total = len(BitMap.union(*having.values()))
    return {word: log1p(total / len(records)) for word, records in having.items()}


def _with_most(having, others):
    """Of the records in these bitmaps, those that are in most of them; no others."""
    in_at_least = [BitMap() for _ in range(len(having) + 1)]
    for records in having:
        for n in range(len(having), 1, -1):
            in_at_least[n] |= in_at_least[n - 1] & records
        in_at_least[1] |= records
    chosen = BitMap()
    for records in reversed(in_at_least):
        more = reversed(records - others - chosen)
        chosen |= BitMap(islice(more, MOST_RANKED - len(chosen)))
    return chosen

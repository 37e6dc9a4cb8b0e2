"""The index of each kind of document, in whichever database the site runs on."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from math import log1p
from operator import itemgetter

from django.db import connection
from pyroaring import AbstractBitMap, BitMap

from casebase.monitoring.metrics import SEARCH_SECONDS
from casebase.search import postgresql, sqlite
from casebase.search.engine import Engine, Row
from casebase.search.query_tree import EVERYTHING, Query, Term

MATCHING, RANKING, NEAREST = map(SEARCH_SECONDS.labels, ("match", "rank", "nearest"))
ENGINES: dict[str, Engine] = {"postgresql": postgresql, "sqlite": sqlite}
# If there are more matches, only the likeliest are ranked, to limit the cost of a
# query.
MOST_RANKED = 2_000
# At most this many records with a single word are read: a more frequent word tells
# little.
MOST_WITH_A_WORD = 20_000
# The share of the weight of the nearest record that others must reach to be shown.
LEAST_SHARE = 1 / 3


@dataclass(frozen=True)
class Index:
    """The index of one kind of document. Documents have the primary keys of records."""

    kind: str

    @property
    def table(self) -> str:
        return f"search_index_{self.kind}"

    @property
    def engine(self) -> Engine:
        return ENGINES[connection.vendor]

    @property
    def columns(self) -> Sequence[str]:
        """The columns of its table, in the order of rows()."""
        return self.engine.COLUMNS

    def create(self) -> None:
        """Create its table, which must not exist."""
        self.engine.create(self.table)

    @MATCHING.time()
    def matching(self, query: Query) -> BitMap:
        """Return the primary keys of all records that a query finds, as a BitMap."""
        if not query:
            return BitMap()
        return BitMap(self.engine.matching(self.table, query))

    def everything(self) -> BitMap:
        return self.matching(EVERYTHING)

    @RANKING.time()
    def ranked(self, query: Query, candidates: AbstractBitMap, limit: int) -> list[int]:
        """The best of the candidates, which the query finds, as a list, best first.

        Of more than ``MOST_RANKED`` only as many are compared: those with the words in
        their name, then those that were added last. Nothing is ranked by a query that
        consists of exclusions.
        """
        wanted = query.without_exclusions
        if not wanted or not candidates:
            return []
        if len(candidates) > MOST_RANKED:
            candidates = self._likeliest(query, candidates)
        return self.engine.ranked(self.table, wanted, candidates, limit)

    def _likeliest(self, query: Query, candidates: AbstractBitMap) -> BitMap:
        named = BitMap(self.engine.named(self.table, query)) & candidates
        chosen = BitMap(islice(reversed(named), MOST_RANKED))
        others = reversed(candidates - named)
        return chosen | BitMap(islice(others, MOST_RANKED - len(chosen)))

    @NEAREST.time()
    def nearest(
        self, query: Query, others: AbstractBitMap, limit: int
    ) -> dict[int, list[str]]:
        """The best of the records that have some of the query's words, without
        ``others``, a bitmap: primary key → the words that it lacks, best first.

        The rarer a word is, the more it weighs. If there are more than ``MOST_RANKED``
        records, those with most words are compared.
        """
        words = query.single_words
        having = self._having(words)
        candidates = _with_most(list(having.values()), others)
        if len(words) < 2 or not candidates:
            return {}
        weights = _weights(having)
        best = self.engine.nearest(self.table, weights, candidates, limit)
        held = {key: [word for word in having if key in having[word]] for key in best}
        weight = {key: sum(weights[word] for word in held[key]) for key in best}
        # A record with few of the words is no help beside one with most of them.
        least = max(weight.values()) * LEAST_SHARE
        return {
            key: [word.text for word in words if word not in held[key]]
            for key in best
            if weight[key] >= least
        }

    def _having(self, words: list[Term]) -> dict[Term, BitMap]:
        """Word → up to ``MOST_WITH_A_WORD`` records that have it, if there are any."""
        rows = self.engine.having(self.table, words, MOST_WITH_A_WORD) if words else []
        return {
            words[n]: BitMap([record for _, record in of_word])
            for n, of_word in groupby(rows, key=itemgetter(0))
        }

    def write(self, streams: Mapping[int, Iterable[Collection[str]]]) -> None:
        """Add documents or replace them: primary key → a list of keys per weight."""
        if streams:
            self.engine.write(self.table, self.rows(streams))

    def rows(self, streams: Mapping[int, Iterable[Collection[str]]]) -> list[Row]:
        """The same documents as rows of the table. Asks no database."""
        return self.engine.rows(streams)

    def erase(self, records: Collection[int] | AbstractBitMap) -> None:
        if records:
            self.engine.erase(self.table, records)


def _weights(having: Mapping[Term, BitMap]) -> dict[Term, float]:
    """Word → its weight, the greater, the fewer records have it (idf)."""
    total = len(BitMap.union(*having.values()))
    return {word: log1p(total / len(records)) for word, records in having.items()}


def _with_most(having: Collection[BitMap], others: AbstractBitMap) -> BitMap:
    """The records that are in most of these bitmaps, up to ``MOST_RANKED``, without
    ``others``."""
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

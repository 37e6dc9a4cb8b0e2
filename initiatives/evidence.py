"""What the findings of cases add up to: their terms, their works, their numbers."""

from collections.abc import Iterable, Iterator

import numpy as np

from casebase.facets.key_arrays import beginnings
from casebase.facets.pairs import PAIR, Pairs

ROW = np.dtype(
    [
        ("case", "u4"),
        ("finding", "u4"),
        ("kind", "u1"),
        ("term", "u4"),
        ("work", "u4"),
        ("is_stated", "u1"),
        ("is_primary", "u1"),
    ]
)
# What is counted of each case: findings with a source, save for the last, and
# statements, save for the modes.
TALLIES = ("findings", "modes", "stated", "of_one_work", "at_second_hand", "unsourced")
# Rows that are Python objects at a time.
CHUNK = 10_000


class Evidence:
    """Rows of a finding and a work it rests on, or 0 if it has no source.

    Each row also has the case, the kind of finding as its place among the kinds, the
    term or 0, whether a source states the finding, and whether the work itself was
    read. ``mode`` is the place of the kind “mode”.
    """

    def __init__(self, rows: Iterable[tuple[int, ...]], mode: int):
        read = np.fromiter(rows, ROW)
        self._rows = read[np.lexsort((read["work"], read["finding"]))]
        self._mode = mode

    def terms(self) -> Iterator[tuple[int, int]]:
        """Pairs of a term and a case that is coded with it."""
        coded = (self._rows["term"] > 0) & (self._rows["work"] > 0)
        pairs = self._rows[np.flatnonzero(coded)][["term", "case"]]
        for some in np.array_split(pairs, len(pairs) // CHUNK + 1):
            yield from some.tolist()

    def tallies(self) -> dict[int, list[int]]:
        """Case → its TALLIES."""
        rows = self._rows
        first = beginnings(rows["finding"])
        if not len(first):
            return {}
        each = np.zeros(len(rows), "u4")
        each[beginnings(rows["finding"], rows["work"])] = 1
        n_works = np.add.reduceat(each, first)
        at_first_hand = np.bitwise_or.reduceat(rows["is_primary"], first) > 0
        findings = rows[first]
        is_sourced, is_mode = findings["work"] > 0, findings["kind"] == self._mode
        told = is_sourced & ~is_mode
        counted = (
            *(told, is_sourced & is_mode, told & (findings["is_stated"] > 0)),
            *(told & (n_works == 1), told & ~at_first_hand, ~is_sourced & ~is_mode),
        )
        cases, where = np.unique(findings["case"], return_inverse=True)
        sums = [np.bincount(where, weights=each).astype(int) for each in counted]
        tallies = np.transpose(sums).tolist()
        return dict(zip(cases.tolist(), tallies, strict=True))

    def citations(self, disputed: Iterable[tuple[int, int]]) -> Pairs:
        """Works and the cases that cite them in findings or, if disputed, in conflicts.

        The count of a pair is the number of findings.
        """
        once = self._rows[beginnings(self._rows["finding"], self._rows["work"])]
        cited = once[np.flatnonzero(once["work"])]
        pairs = np.empty(len(cited), PAIR)
        pairs["record"], pairs["owner"] = cited["work"], cited["case"]
        pairs["kinds"], pairs["count"] = 1 << cited["kind"].astype("u2"), 1
        in_conflicts = np.fromiter(((*pair, 0, 0) for pair in disputed), PAIR)
        return Pairs.of(np.concatenate([pairs, in_conflicts]))

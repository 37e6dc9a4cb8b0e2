"""Aggregates of the findings of cases: terms, cited works and counts."""

from collections.abc import Iterable, Iterator

import numpy as np

from casebase.facets.key_arrays import group_starts
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
# The counts of each case. All but “unsourced” count only findings with a source. All
# but “modes”, the number of findings of the kind “mode”, leave modes out.
TALLIES = ("findings", "modes", "stated", "of_one_work", "at_second_hand", "unsourced")
# Number of rows that are converted to Python objects at a time.
CHUNK = 10_000


class Evidence:
    """Rows of a finding and a work that it rests on, or 0 if it has no source.

    Each row also has the case, the index of the kind of finding, the term or 0, whether
    a source states the finding, and whether the work itself was read. ``mode`` is the
    index of the kind “mode”.
    """

    def __init__(self, rows: Iterable[tuple[int, ...]], mode: int):
        read = np.fromiter(rows, ROW)
        self._rows = read[np.lexsort((read["work"], read["finding"]))]
        self._mode = mode

    def terms(self) -> Iterator[tuple[int, int]]:
        """Yield pairs of a term and a case that is coded with it."""
        coded = (self._rows["term"] > 0) & (self._rows["work"] > 0)
        pairs = self._rows[np.flatnonzero(coded)][["term", "case"]]
        for some in np.array_split(pairs, len(pairs) // CHUNK + 1):
            yield from some.tolist()

    def tallies(self) -> dict[int, list[int]]:
        """Return case → list of its counts, in the order of TALLIES."""
        rows = self._rows
        first = group_starts(rows["finding"])
        if not len(first):
            return {}
        each = np.zeros(len(rows), "u4")
        each[group_starts(rows["finding"], rows["work"])] = 1
        n_works = np.add.reduceat(each, first)
        at_first_hand = np.bitwise_or.reduceat(rows["is_primary"], first) > 0
        findings = rows[first]
        is_sourced, is_mode = findings["work"] > 0, findings["kind"] == self._mode
        statements = is_sourced & ~is_mode
        stated = statements & (findings["is_stated"] > 0)
        counted = (
            *(statements, is_sourced & is_mode, stated, statements & (n_works == 1)),
            *(statements & ~at_first_hand, ~is_sourced & ~is_mode),
        )
        cases, groups = np.unique(findings["case"], return_inverse=True)
        sums = [np.bincount(groups, weights=each).astype(int) for each in counted]
        tallies = np.transpose(sums).tolist()
        return dict(zip(cases.tolist(), tallies, strict=True))

    def citations(self, disputed: Iterable[tuple[int, int]]) -> Pairs:
        """Return works with the cases that cite them in findings or in conflicts.

        ``disputed`` are pairs of a work and a case that cites it in a conflict. The
        count of a pair is the number of findings.
        """
        once = self._rows[group_starts(self._rows["finding"], self._rows["work"])]
        cited = once[np.flatnonzero(once["work"])]
        pairs = np.empty(len(cited), PAIR)
        pairs["record"], pairs["owner"] = cited["work"], cited["case"]
        pairs["kinds"], pairs["count"] = 1 << cited["kind"].astype("u2"), 1
        in_conflicts = np.fromiter(((*pair, 0, 0) for pair in disputed), PAIR)
        return Pairs.from_rows(np.concatenate([pairs, in_conflicts]))

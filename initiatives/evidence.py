"""Aggregates of the findings of cases: terms, cited works and counts."""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from casebase.facets.key_arrays import (
    Keys,
    Table,
    columns_of,
    group_starts,
    take_rows,
)
from casebase.facets.pairs import PAIR, Pairs
from casebase.facets.value_bitmaps import ValueBitmaps

# The counts of each case. All but “unsourced” count only findings with a source. All
# but “modes”, the number of findings of the kind “mode”, leave modes out.
TALLIES = ("findings", "modes", "stated", "of_one_work", "at_second_hand", "unsourced")


class Evidence:
    """What findings say of their cases, read in parts: there may be very many.

    Each part has rows of a finding and a work that it rests on, or 0 if it has no
    source, with the columns of facet_rows.EVIDENCE. ``mode`` is the number of the kind
    “mode”.
    """

    def __init__(self, parts: Iterable[Table], mode: int):
        self.terms: ValueBitmaps[int] = ValueBitmaps()
        self._pairs = [columns_of(np.empty(0, PAIR))]
        self._cases: list[Keys] = [np.empty(0, "u4")]
        self._counts: list[NDArray[Any]] = [np.empty((len(TALLIES), 0), "u4")]
        for part in parts:
            self._add(
                take_rows(part, np.lexsort((part["work"], part["finding"]))), mode
            )

    def _add(self, rows: Table, mode: int) -> None:
        coded = np.flatnonzero((rows["term"] > 0) & (rows["work"] > 0))
        terms = ValueBitmaps.from_columns(rows["term"][coded], rows["case"][coded], int)
        self.terms = self.terms.replaced(BitMap(), terms)
        once = take_rows(rows, group_starts(rows["finding"], rows["work"]))
        if len(once["finding"]):
            counts = _counts(rows, once, mode)
            first = group_starts(once["finding"])
            cases, groups = np.unique(once["case"][first], return_inverse=True)
            self._cases.append(cases)
            sums = [np.bincount(groups, weights=each) for each in counts]
            self._counts.append(np.array(sums, "u4"))
        cited = take_rows(once, np.flatnonzero(once["work"]))
        kinds = 1 << (cited["kind"].astype("u2") - 1)
        count = np.ones(len(kinds), "u2")
        columns = {"record": cited["work"], "owner": cited["case"]}
        self._pairs.append(columns | {"kinds": kinds, "count": count})

    def tallies(self) -> Table:
        """Return the columns “key”, the case, and TALLIES. Sorted by case."""
        cases, groups = np.unique(np.concatenate(self._cases), return_inverse=True)
        counts = np.concatenate(self._counts, axis=1)
        sums = (np.bincount(groups, each, len(cases)).astype("u4") for each in counts)
        return {"key": cases} | dict(zip(TALLIES, sums, strict=True))

    def citations(self, disputed: Iterable[tuple[int, int]]) -> Pairs:
        """Return works with the cases that cite them in findings or in conflicts.

        ``disputed`` are pairs of a work and a case that cites it in a conflict. The
        count of a pair is the number of findings.
        """
        in_conflicts = np.fromiter(((*pair, 0, 0) for pair in disputed), PAIR)
        parts = [*self._pairs, columns_of(in_conflicts)]
        names = list(parts[0])
        return Pairs.from_columns(
            **{
                name: np.concatenate([part.pop(name) for part in parts])
                for name in names
            }
        )


def _counts(rows: Table, once: Table, mode: int) -> Iterator[NDArray[np.bool_]]:
    """Yield for each of TALLIES which findings it counts.

    Both tables are sorted by finding; ``once`` has each work of a finding once.
    """
    first = group_starts(once["finding"])
    n_works = np.diff(first, append=len(once["finding"]))
    by_finding = group_starts(rows["finding"])
    at_first_hand = np.bitwise_or.reduceat(rows["is_primary"], by_finding) > 0
    is_sourced = once["work"][first] > 0
    is_mode = once["kind"][first] == mode
    statements = is_sourced & ~is_mode
    yield statements
    yield is_sourced & is_mode
    yield statements & (once["is_stated"][first] > 0)
    yield statements & (n_works == 1)
    yield statements & ~at_first_hand
    yield ~is_sourced & ~is_mode

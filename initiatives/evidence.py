"""Aggregates of the findings of cases: terms, cited works and counts."""

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from casebase.facets.key_arrays import (
    Table,
    columns_of,
    group_starts,
    stack,
    take_rows,
)
from casebase.facets.pairs import PAIR, Pairs
from casebase.facets.value_bitmaps import ValueBitmaps
from initiatives.findings.rows import MODE, STATED

# The counts of each case. All but “unsourced” count only findings with a source. All
# but “modes”, the number of findings of the kind “mode”, leave modes out.
TALLIES = ("findings", "modes", "stated", "of_one_work", "at_second_hand", "unsourced")
TALLY = np.dtype([(name, "u4") for name in ("key", *TALLIES)])


class Evidence:
    """Collects what findings say of their cases, from all findings of these."""

    def __init__(self) -> None:
        self._terms: list[ValueBitmaps[int]] = []
        self._pairs: list[Pairs] = []
        self._tallies: list[Table] = []

    def add(self, part: Table) -> None:
        coded = np.flatnonzero((part["term"] > 0) & (part["work"] > 0))
        self._terms.append(
            ValueBitmaps.from_columns(part["term"][coded], part["case"][coded], int)
        )
        once = take_rows(part, group_starts(part["finding"], part["work"]))
        self._tallies.append(_tallies(part, once))
        cited = take_rows(once, np.flatnonzero(once["work"]))
        numbers = {
            "kinds": np.left_shift(1, cited["kind"] - 1, dtype="u2"),
            "count": np.ones(len(cited["kind"]), "u2"),
        }
        self._pairs.append(Pairs.from_columns(cited["work"], cited["case"], **numbers))

    def add_answers(self, answers: Table) -> None:
        # Terms and strategies have no key in common.
        self._terms.append(
            ValueBitmaps.from_columns(answers["strategy"], answers["case"], int)
        )

    def terms(self) -> ValueBitmaps[int]:
        """Return terms and strategies with the cases whose findings have them."""
        return ValueBitmaps.union(self._terms)

    def tallies(self) -> Table:
        """Return the columns “key”, the case, and TALLIES. Sorted by case."""
        tallies = stack(self._tallies, TALLY)
        return take_rows(tallies, np.argsort(tallies["key"]))

    def citations(self, disputed: Iterable[tuple[int, int]]) -> Pairs:
        """Return works with the cases that cite them in findings or in conflicts.

        ``disputed`` are pairs of a work and a case that cites it in a conflict. The
        count of a pair is the number of findings.
        """
        in_conflicts = np.fromiter(((*pair, 0, 0) for pair in disputed), PAIR)
        return Pairs.union([*self._pairs, Pairs(columns_of(in_conflicts))])


def _tallies(rows: Table, once: Table) -> Table:
    """Return the rows of ``Evidence.tallies()`` for the cases of a part."""
    counts = _counts(rows, once)
    cases, groups = np.unique(
        once["case"][group_starts(once["finding"])], return_inverse=True
    )
    sums = (np.bincount(groups, each, len(cases)).astype("u4") for each in counts)
    return {"key": cases} | dict(zip(TALLIES, sums, strict=True))


def _counts(rows: Table, once: Table) -> Iterator[NDArray[np.bool_]]:
    """Yield for each of TALLIES which findings it counts.

    Both tables have the rows of a finding together, ``once`` with each work once.
    """
    first = group_starts(once["finding"])
    n_works = np.diff(first, append=len(once["finding"]))
    by_finding = group_starts(rows["finding"])
    at_first_hand = np.bitwise_or.reduceat(rows["is_primary"], by_finding) > 0
    is_sourced = once["work"][first] > 0
    is_mode = once["kind"][first] == MODE
    statements = is_sourced & ~is_mode
    yield statements
    yield is_sourced & is_mode
    yield statements & (once["basis"][first] == STATED)
    yield statements & (n_works == 1)
    yield statements & ~at_first_hand
    yield ~is_sourced & ~is_mode

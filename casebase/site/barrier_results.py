"""The barriers of the codebook, with the results of what was done about them."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from casebase.facets.snapshot import Snapshot
from initiatives.codebook import Codebook
from initiatives.matrix.excerpt import build_matrix
from initiatives.matrix.layout import Cell, Heading, Matrix
from initiatives.term_answers import NOT_REPORTED, ResultShare

GAPS_SHOWN = 3


@dataclass(frozen=True)
class BarrierBar:
    """A barrier, the number of its cases, and its statements by result.

    Starts and widths of the shares are per cent of the longest bar.
    """

    barrier: Any
    n_cases: int
    shares: list[ResultShare]

    @property
    def gap(self) -> ResultShare | None:
        """The statements that report no result, None if all report one."""
        return next((s for s in self.shares if s.direction == NOT_REPORTED), None)

    @property
    def n_statements(self) -> int:
        return sum(share.n for share in self.shares)


class BarrierResults:
    """The barriers that findings are coded with. No query but those of the codebook."""

    def __init__(self, snapshot: Snapshot) -> None:
        terms = Codebook.for_snapshot(snapshot).concepts
        matrix = build_matrix("rows=barrier&columns=direction&empty=1", snapshot)
        rows = [
            (terms[heading.value.key], heading, cells)
            for heading, cells in matrix.table_rows
        ]
        rows = [row for row in rows if not row[0].is_heading]
        longest = max((heading.n_statements for _, heading, _ in rows), default=0)
        self.without_cases = [term for term, heading, _ in rows if not heading.n_cases]
        self.bars = [
            BarrierBar(term, heading.n_cases, shares(matrix, cells, longest))
            for term, heading, cells in rows
            if heading.n_cases
        ]
        self.groups = [
            (terms.get(broader), list(bars))
            for broader, bars in groupby(self.bars, lambda bar: bar.barrier.broader_id)
        ]

    @property
    def largest_gaps(self) -> list[BarrierBar]:
        """The bars with the most statements that report no result."""
        with_gap = [bar for bar in self.bars if bar.gap]
        return sorted(with_gap, key=lambda bar: -bar.gap.n)[:GAPS_SHOWN]


def shares(
    matrix: Matrix, cells: list[Cell | None], longest: int
) -> list[ResultShare]:
    """Return the results that a barrier has, as parts of a bar."""
    start, found = 0.0, []
    for column, cell in zip(matrix.columns, cells, strict=True):
        if cell:
            width = 100 * cell.n_statements / longest
            found.append(share(column, cell, start, width))
            start += width
    return found


def share(column: Heading, cell: Cell, start: float, width: float) -> ResultShare:
    value = column.value
    return ResultShare(
        value.slug, value.label, cell.n_statements, cell.address, start, width
    )

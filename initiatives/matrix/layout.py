"""The matrix laid out for its page and its files: headings, cells, and their lists."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from casebase.facets.cross_tables import CrossTable
from initiatives.facets import case_index
from initiatives.matrix.addresses import ListAddresses
from initiatives.matrix.axes import ANSWERED, AxisKind, AxisValue
from initiatives.matrix.filters import MatrixFilter
from initiatives.matrix.tables import (
    DIRECTIONS,
    EVERYTHING,
    all_cases,
    all_statements,
    cross_table,
    direction_codes,
    flags,
)

# Above this number of filled cells, a page with a list besides, or with long addresses,
# would be too heavy.
MOST_LISTED = 300
NOT_REPORTED = DIRECTIONS.index("not-reported")


@dataclass(frozen=True)
class Link:
    """A number, and the address of the list of what it counts."""

    n: int
    address: str


@dataclass(frozen=True)
class Heading:
    """The heading of a row or a column, and what it counts by itself.

    ``unanswered`` are the barriers or risks of a row without a response, if the matrix
    names gaps.
    """

    value: AxisValue
    place: int
    n_cases: int
    n_statements: int
    address: str
    unanswered: Link | None = None


@dataclass(frozen=True)
class Cell:
    """Where a row and a column meet.

    ``results`` are pairs of a direction and a number. ``level`` is from 1 to 4, for a
    shade; the number says the same. ``gaps`` are what is missing, in words, if the
    matrix names gaps.
    """

    n_cases: int
    n_statements: int
    results: list[tuple[str, int]]
    level: int
    address: str
    gaps: list[str]


class Matrix:
    """The counts of a valid MatrixFilter.

    With ``abbreviates``, the addresses of many cells are short, and relative.
    """

    def __init__(self, form: MatrixFilter, *, abbreviates: bool = False) -> None:
        self.form, self.is_linked = form, form.is_linked
        self._abbreviates = abbreviates
        self.axes = form.row_axis, form.column_axis
        # Most filters choose the same records for headings and cells.
        self._masks: list[tuple[Any, Any]] = []
        self._among = self._mask(*self.axes)
        self._table = self._join(*self.axes)
        self._addresses = ListAddresses(form)

    def _mask(self, *axes: AxisKind) -> Any:
        """Return which records to count where filters choose values of these axes."""
        counted = self.form.counted(*axes)
        for known, found in self._masks:
            if known == counted:
                return found
        universe = all_statements if self.is_linked else all_cases
        found = universe(self.form.snapshot).mask(counted)
        self._masks.append((counted, found))
        return found

    def _join(self, rows: AxisKind, columns: AxisKind) -> CrossTable:
        return cross_table(self.form.snapshot, rows, columns, is_linked=self.is_linked)

    @cached_property
    def case_counts(self) -> Any:
        """The number of cases of each cell, as an array."""
        return self._table.count_owners(self._among)

    @cached_property
    def statement_counts(self) -> Any:
        """The number of records of each cell, as an array: statements if linked."""
        return self._table.count(self._among)

    @cached_property
    def _results(self) -> Any:
        codes = direction_codes(self.form.snapshot)
        return self._table.count_by(self._among, codes, len(DIRECTIONS))

    @cached_property
    def rows(self) -> list[Heading]:
        """The rows that are shown."""
        return self._shown(0)

    @cached_property
    def columns(self) -> list[Heading]:
        return self._shown(1)

    def _shown(self, side: int) -> list[Heading]:
        headings = self._headings[side]
        if not self.form.shows_empty:
            filled = self._filled[side]
            headings = [heading for heading in headings if heading.place in filled]
        if self.form.sort == "count":
            headings = sorted(headings, key=lambda heading: -heading.n_cases)
        return headings

    @cached_property
    def _filled(self) -> tuple[set[int], set[int]]:
        """The places of rows with a record, and those of columns with a cell."""
        rows = {heading.place for heading in self._headings[0] if heading.n_statements}
        return rows, set(np.flatnonzero(self.statement_counts.any(axis=0)).tolist())

    @cached_property
    def n_folded(self) -> tuple[int, int]:
        """The numbers of empty rows and of empty columns that are left out."""
        return (
            len(self._headings[0]) - len(self.rows),
            len(self._headings[1]) - len(self.columns),
        )

    @cached_property
    def _headings(self) -> tuple[list[Heading], list[Heading]]:
        return self._side(0), self._side(1)

    def _side(self, side: int) -> list[Heading]:
        """Return the headings of one side, without values that a filter excludes."""
        axis = self.axes[side]
        totals, among = self._join(axis, EVERYTHING), self._mask(axis)
        unanswered = self._unanswered(axis, totals) if side == 0 else {}
        n_cases = totals.count_owners(among)[:, 0].tolist()
        n_statements = totals.count(among)[:, 0].tolist()
        chosen = self._with_narrower(axis, totals.rows)
        return [
            Heading(
                value,
                place,
                n_cases[place],
                n_statements[place],
                self._addresses.to({axis: value}),
                unanswered.get(place),
            )
            for place, value in enumerate(totals.rows)
            if value.slug in chosen
        ]

    def _unanswered(self, axis: AxisKind, totals: CrossTable) -> dict[int, Link]:
        """Return row → its barriers or risks without a response, if there are any."""
        if not self.names_gaps or axis.name not in ANSWERED:
            return {}
        form = self.form
        without = form.full_index.facets["response"].any(["0"]) & form.counted(axis)
        counts = totals.count(all_statements(form.snapshot).mask(without))[:, 0]
        return {
            place: Link(n, self._addresses.to({axis: value}, response="0"))
            for place, (value, n) in enumerate(
                zip(totals.rows, counts.tolist(), strict=True)
            )
            if n
        }

    def _with_narrower(self, axis: AxisKind, values: Any) -> set[str]:
        """Return the slugs of the chosen values and of those below them, or all."""
        chosen = self.form.chosen_values(axis)
        if not chosen:
            return {value.slug for value in values}
        shown, within = set(), -1
        for value in values:
            if 0 <= within < value.depth or value.slug in chosen:
                shown.add(value.slug)
                within = within if 0 <= within < value.depth else value.depth
            else:
                within = -1
        return shown

    def cells_in(self, row: Heading, columns: list[Heading]) -> list[Cell | None]:
        """Return the cell of each of these columns, None for an empty one."""
        return [self._cell(row, column) for column in columns]

    def _cell(self, row: Heading, column: Heading) -> Cell | None:
        at = row.place, column.place
        n_statements = int(self.statement_counts[at])
        if not n_statements:
            return None
        n_cases = int(self.case_counts[at])
        return Cell(
            n_cases,
            n_statements,
            self._results_of(at),
            min(4, n_cases.bit_length()),
            self._address(row.value, column.value),
            list(self._gaps_of(at, n_cases)) if self.names_gaps else [],
        )

    def _address(self, row: AxisValue, column: AxisValue) -> str:
        if self._abbreviates and not self.fits_a_list:
            return self._addresses.short(row, column)
        return self._addresses.to(dict(zip(self.axes, (row, column), strict=True)))

    @property
    def names_gaps(self) -> bool:
        return self.is_linked and self.form.shows_gaps

    def _gaps_of(self, at: tuple[int, int], n_cases: int) -> Iterator[str]:
        """Yield the kinds of gap that a filled cell has."""
        if self._results[at].sum() == self._results[at][NOT_REPORTED]:
            yield "no result reported"
        if n_cases == 1:
            yield "one case only"
        if not self._flagged("second-hand")[at][0]:
            yield "from summaries only"
        if self._flagged("disputed")[at][1]:
            yield "sources disagree"

    def _flagged(self, name: str) -> Any:
        """Return the numbers of statements of each cell without and with a flag."""
        if name not in self._flag_counts:
            codes = flags(self.form.snapshot)[name]
            self._flag_counts[name] = self._table.count_by(self._among, codes, 2)
        return self._flag_counts[name]

    @cached_property
    def _flag_counts(self) -> dict[str, Any]:
        return {}

    def _results_of(self, at: tuple[int, int]) -> list[tuple[str, int]]:
        if not self.is_linked:
            return []
        counts = zip(DIRECTIONS, self._results[at].tolist(), strict=True)
        return [(direction, n) for direction, n in counts if n]

    @cached_property
    def fits_a_list(self) -> bool:
        """Whether the page has the matrix as a list, too, for narrow screens."""
        return bool(np.count_nonzero(self.statement_counts) <= MOST_LISTED)

    @property
    def listed_rows(self) -> Iterator[tuple[Heading, list[tuple[Heading, Cell]]]]:
        """Pairs of a row and its filled cells, each with its column."""
        for row, cells in self.table_rows:
            pairs = zip(self.columns, cells, strict=True)
            yield row, [(column, cell) for column, cell in pairs if cell]

    @cached_property
    def results(self) -> dict[str, int]:
        """Direction, as a name in templates → number of statements with a row."""
        if not self.is_linked:
            return {}
        with_row = self._among & self._table.has_row
        codes = direction_codes(self.form.snapshot)[with_row]
        counts = np.bincount(codes, minlength=len(DIRECTIONS)).tolist()
        names = (name.replace("-", "_") for name in DIRECTIONS)
        return dict(zip(names, counts, strict=True))

    @property
    def in_vain(self) -> list[tuple[str, int]]:
        """Pairs of what stands on an axis and in how many cases it was not found."""
        values = case_index(self.form.snapshot).facets["not-found"]
        counts = values.counts(self.form.counted_cases())
        found = ((axis.title, counts.get(axis.name, 0)) for axis in self.axes)
        return [(title, n) for title, n in found if n]

    @property
    def n_with_row(self) -> int:
        """The number of statements that are counted and have a value of the rows."""
        return sum(self.results.values())

    @property
    def table_rows(self) -> Iterator[tuple[Heading, list[Cell | None]]]:
        """Pairs of a row and its cells."""
        for row in self.rows:
            yield row, self.cells_in(row, self.columns)

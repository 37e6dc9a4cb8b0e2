"""The matrix laid out for its page and its files: headings, cells, and their lists."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

import numpy as np
from django.urls import reverse

from initiatives.findings.filters import CASE_PARAMETERS
from initiatives.matrix.axes import AxisKind, AxisValue
from initiatives.matrix.filters import MatrixFilter
from initiatives.matrix.tables import (
    DIRECTIONS,
    EVERYTHING,
    all_cases,
    all_statements,
    cross_table,
    direction_codes,
)


@dataclass(frozen=True)
class Heading:
    """The heading of a row or a column, and what it counts by itself."""

    value: AxisValue
    place: int
    n_cases: int
    n_statements: int
    address: str


@dataclass(frozen=True)
class Cell:
    """Where a row and a column meet. ``results`` are pairs of a direction and a number.

    ``level`` is from 1 to 4, for a shade; the number says the same.
    """

    n_cases: int
    n_statements: int
    results: list[tuple[str, int]]
    level: int
    address: str


class Matrix:
    """The counts of a valid MatrixFilter."""

    def __init__(self, form: MatrixFilter) -> None:
        self.form, self.is_linked = form, form.is_linked
        self.axes = form.row_axis, form.column_axis
        universe = all_statements if self.is_linked else all_cases
        counted = form.counted_statements if self.is_linked else form.counted_cases
        self._among = universe(form.snapshot).mask(counted)
        self._table = self._join(*self.axes)

    def _join(self, rows: AxisKind, columns: AxisKind) -> Any:
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
            headings = [heading for heading in headings if filled[heading.place]]
        if self.form.sort == "count":
            headings = sorted(headings, key=lambda heading: -heading.n_cases)
        return headings

    @cached_property
    def _filled(self) -> tuple[Any, Any]:
        """Whether each row has a record, and whether each column has a cell."""
        rows = np.array([heading.n_statements > 0 for heading in self._headings[0]])
        return rows, self.statement_counts.any(axis=0)

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
        totals = self._join(axis, EVERYTHING)
        n_cases = totals.count_owners(self._among)[:, 0].tolist()
        n_statements = totals.count(self._among)[:, 0].tolist()
        chosen = self._with_narrower(axis, totals.rows.values)
        return [
            Heading(
                value,
                place,
                n_cases[place],
                n_statements[place],
                self._address({axis: value}),
            )
            for place, value in enumerate(totals.rows.values)
            if value.slug in chosen
        ]

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

    def cells(self, row: Heading) -> Iterator[Cell | None]:
        """Yield the cell of each shown column, None for an empty one."""
        for column in self.columns:
            yield self._cell(row, column)

    def _cell(self, row: Heading, column: Heading) -> Cell | None:
        at = row.place, column.place
        n_statements = int(self.statement_counts[at])
        if not n_statements:
            return None
        n_cases = int(self.case_counts[at])
        values = dict(zip(self.axes, (row.value, column.value), strict=True))
        return Cell(
            n_cases,
            n_statements,
            self._results_of(at),
            min(4, n_cases.bit_length()),
            self._address(values),
        )

    def _results_of(self, at: tuple[int, int]) -> list[tuple[str, int]]:
        if not self.is_linked:
            return []
        counts = zip(DIRECTIONS, self._results[at].tolist(), strict=True)
        return [(direction, n) for direction, n in counts if n]

    @property
    def explanation(self) -> str:
        """What the numbers count, in a sentence for files."""
        if self.is_linked:
            return (
                "Cases and statements of which one statement says both, and the result "
                "that it reports."
            )
        return (
            "Cases that have both. That they stand on the same case does not mean that "
            "one has to do with the other."
        )

    @cached_property
    def results(self) -> dict[str, int]:
        """Direction, as a name in templates → number of statements with a row."""
        if not self.is_linked:
            return {}
        has_row = np.diff(self._table.rows.starts) > 0
        codes = direction_codes(self.form.snapshot)[self._among & has_row]
        counts = np.bincount(codes, minlength=len(DIRECTIONS)).tolist()
        names = (name.replace("-", "_") for name in DIRECTIONS)
        return dict(zip(names, counts, strict=True))

    @property
    def n_with_row(self) -> int:
        """The number of statements that are counted and have a value of the rows."""
        return sum(self.results.values())

    @property
    def table_rows(self) -> Iterator[tuple[Heading, list[Cell | None]]]:
        """Pairs of a row and its cells."""
        for row in self.rows:
            yield row, list(self.cells(row))

    def _address(self, values: dict[AxisKind, AxisValue]) -> str:
        """Return the address of the list of what has these values."""
        name = "findings:list" if self.is_linked else "initiatives:list"
        replaced: dict[str, list[str]] = {}
        for axis, value in values.items():
            replaced |= self._parameters(axis, value)
        kept = [pair for pair in self.form.list_parameters if pair[0] not in replaced]
        added = [(name, value) for name in replaced for value in replaced[name]]
        return f"{reverse(name)}?{urlencode(kept + added)}"

    def _parameters(self, axis: AxisKind, value: AxisValue) -> dict[str, list[str]]:
        """Return parameter → values of the list of what has this value."""
        form = self.form.form_of(axis)
        is_nested = self.is_linked and form is self.form.cases
        names = CASE_PARAMETERS if is_nested else {}
        if value.years:
            first, last = value.years
            first = max(first, form.chosen.get("from", first))
            last = min(last, form.chosen.get("to", last))
            years = {"from": [str(first)], "to": [str(last)]}
            return {names.get(name, name): years[name] for name in years}
        parameter = names.get(axis.name, axis.name)
        required = self.form.required_values(axis)
        values = list(dict.fromkeys([*required, value.slug]))
        return {parameter: values, f"{parameter}-all": ["1"][: len(values) - 1]}

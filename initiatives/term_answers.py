"""What the statements on a term answer: with what result, by which strategies.

Every number is that of the list of findings that it opens.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from pyroaring import BitMap

from casebase.charts.bars import Part, stack
from casebase.facets.snapshot import Snapshot
from initiatives.charts import by_result, result_values
from initiatives.codebook import Codebook
from initiatives.evidence_grade.rules import Level
from initiatives.findings.index import finding_index
from initiatives.matrix.filters import MatrixFilter
from initiatives.matrix.layout import Cell, Heading, Matrix
from initiatives.models import Finding

# Scheme → how a sentence on the cases with one of its terms begins.
VERBS = {"barriers": "Met by", "risks": "Faced by", "strategies": "Used by"}
# Scheme → the axes of the tables of its terms, each by result.
TABLES = {
    "barriers": ["strategy"],
    "risks": ["strategy"],
    "strategies": ["barrier", "risk"],
}
NOT_REPORTED = "not-reported"


@dataclass(frozen=True)
class ResultTable:
    """What met a term, or what it met, by result; reported results come first."""

    title: str
    columns: list[Heading]
    rows: list[tuple[Heading, list[Cell | None]]]


class TermAnswer:
    """The statements on a term and its narrower terms, counted from a snapshot."""

    def __init__(self, concept: Any, snapshot: Snapshot) -> None:
        self.concept, self.snapshot = concept, snapshot
        self._index = finding_index(snapshot)
        self.statements: BitMap = self._index.facets["term"].any([concept.pk])

    @property
    def verb(self) -> str:
        return VERBS.get(self.concept.scheme_id, "Found in")

    @property
    def n_statements(self) -> int:
        return len(self.statements)

    @property
    def list_address(self) -> str:
        """The address of the list of these statements."""
        return self._address()

    def _address(self, **more: str) -> str:
        query = {self.concept.words.parameter: self.concept.slug} | more
        return f"{reverse('findings:list')}?{urlencode(query)}"

    @cached_property
    def results(self) -> list[Part]:
        """The results that occur, in the order of the codebook, as parts of a bar."""
        results = by_result(self.snapshot, self.statements)
        values = result_values(results, self._address)
        return stack(value for value in values if value.n)

    @cached_property
    def tables(self) -> list[ResultTable]:
        """The ResultTables that have a row."""
        axes = TABLES.get(self.concept.scheme_id, [])
        return [table for table in map(self._table, axes) if table.rows]

    def _table(self, axis: str) -> ResultTable:
        query = QueryDict(mutable=True)
        query.update({"rows": axis, "columns": "direction"})
        query[self.concept.words.parameter] = self.concept.slug
        statements = Finding.objects.published().statements()
        matrix = Matrix(MatrixFilter(query, statements, self.snapshot))
        concepts = Codebook.for_snapshot(self.snapshot).concepts
        rows = [
            (row, cells)
            for row, cells in matrix.table_rows
            if not concepts[row.value.key].is_heading
        ]
        rows.sort(
            key=lambda row: (-n_reported(matrix.columns, row[1]), -row[0].n_cases)
        )
        return ResultTable(matrix.axes[0].title, matrix.columns, rows)

    def met_by(self, strategy: Any) -> tuple[int, str]:
        """Return how many of the statements name the strategy, and their address."""
        both = self.statements & self._index.facets["term"].any([strategy.pk])
        return len(both), self._address(strategy=strategy.slug)

    def n_reported(self, concept: Any) -> int:
        """Return how many statements on another term report a result."""
        facets = self._index.facets
        silent = facets["direction"].any([NOT_REPORTED])
        return len(facets["term"].any([concept.pk]) - silent)

    def best(self, n: int) -> list[int]:
        """Return the keys of the ``n`` first statements.

        Reported results come first, then the better supported ones, then by case.
        """
        facets, keys = self._index.facets, list[int]()
        silent = facets["direction"].any([NOT_REPORTED])
        for some in (self.statements - silent, self.statements & silent):
            for level in reversed(Level):
                graded = some & facets["grade"].any([level.slug])
                keys += self._index.slice(graded, "name", 0, n - len(keys))
        return keys


def n_reported(columns: list[Heading], cells: list[Cell | None]) -> int:
    """Return the number of statements of a row that report a result."""
    return sum(
        cell.n_statements
        for column, cell in zip(columns, cells, strict=True)
        if cell and column.value.key != NOT_REPORTED
    )

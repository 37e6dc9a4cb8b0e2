"""A small part of a matrix, as a picture of it: what most cases have."""

from dataclasses import dataclass
from itertools import islice

from django.http import QueryDict

from casebase.facets.snapshot import Snapshot
from initiatives.codebook import Codebook
from initiatives.matrix.filters import MatrixFilter
from initiatives.matrix.layout import Cell, Heading, Matrix
from initiatives.models import Finding


@dataclass(frozen=True)
class Excerpt:
    """Some rows and columns of a matrix, with their cells."""

    matrix: Matrix
    columns: list[Heading]
    rows: list[tuple[Heading, list[Cell | None]]]


def build_matrix(query: str, snapshot: Snapshot) -> Matrix:
    """Return the matrix at this query, which has to be a valid one."""
    statements = Finding.objects.published().statements()
    return Matrix(MatrixFilter(QueryDict(query), statements, snapshot))


def most_frequent(
    query: str, snapshot: Snapshot, n_rows: int, n_columns: int
) -> Excerpt:
    """Return the rows and columns of a matrix of terms with the most cases.

    Terms that only group others are left out.
    """
    matrix = build_matrix(f"{query}&sort=count", snapshot)
    concepts = Codebook.for_snapshot(snapshot).concepts

    def first(headings: list[Heading], n: int) -> list[Heading]:
        terms = (h for h in headings if not concepts[h.value.key].is_heading)
        return list(islice(terms, n))

    columns, rows = first(matrix.columns, n_columns), first(matrix.rows, n_rows)
    return Excerpt(
        matrix, columns, [(row, matrix.cells_in(row, columns)) for row in rows]
    )

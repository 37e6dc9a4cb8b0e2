"""Times the counts of the matrix, without the page around them."""

from typing import Any

from django.http import QueryDict

from bench.bare_queries import time_query
from initiatives.matrix.filters import MatrixFilter
from initiatives.matrix.layout import Matrix
from initiatives.models import Finding


def measure_counts() -> list[dict[str, Any]]:
    """Return a result row for counting barriers by strategies, once they are joined."""
    query = QueryDict("rows=barrier&columns=strategy&country=GB")

    def count() -> object:
        matrix = Matrix(MatrixFilter(query, Finding.objects.published()))
        return matrix.case_counts, matrix.statement_counts, matrix.results

    row = time_query("matrix", count)
    return [row | {"server": "the counts alone"}]

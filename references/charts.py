"""The charts of the list of works."""

from functools import partial
from typing import Any

from casebase.lists.charts import (
    ListCharts,
    chart_of_facet,
    chart_of_years,
    query_with,
)


def charts_of_works(filterset: Any) -> ListCharts:
    """Return the charts of a list of works: types and years."""
    narrowed = partial(query_with, filterset.data)
    types = chart_of_facet(filterset, "type", "Types", "works", narrowed)
    return ListCharts(types, chart_of_years(filterset, "Years of publication"))

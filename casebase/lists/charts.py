"""Charts of a list: how the records that meet its filters divide by their values.

A value leads to the list narrowed by it, which has the number of records that is shown.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from casebase.charts.bars import MOST_SHOWN, BarChart, Part, Value, bar_chart
from casebase.charts.histogram import YearChart, build_histogram
from casebase.lists.filters import YearFilter
from casebase.lists.filterset import ListFilterSet


@dataclass(frozen=True)
class ListCharts:
    """The charts of a list.

    ``summary`` has the parts of one bar for all of them, ``summed_up`` says what these
    count if it is not the records of the list.
    """

    bars: list[BarChart]
    years: YearChart | None
    summary: Sequence[Part] = ()
    summed_up: str = ""

    def __bool__(self) -> bool:
        return bool(self.bars or self.years)


def query_with(data: QueryDict, /, **values: str) -> str:
    """Return a query with these values instead of others, from “?” on.

    It leads to the first page. An empty value removes a parameter.
    """
    given = {name: [value] if value else [] for name, value in values.items()}
    query = urlencode({**dict(data.lists()), "page": [], **given}, doseq=True)
    return f"?{query}"


def chart_of_facet(
    filterset: ListFilterSet,
    name: str,
    title: str,
    counted: str,
    address_of: Callable[..., str],
) -> list[BarChart]:
    """Return a chart of the most frequent values of a facet, or none for one value.

    The facet has one value for a record at most. ``address_of`` gets a parameter and
    returns the address of the list narrowed by it.
    """
    filter_ = filterset.filters[name]
    labels = dict(filterset.form.fields[name].choices)
    counts = filter_.values.top_counts(filterset.matching_keys, len(labels))
    if len(counts) < 2:
        return []
    values = [
        Value(labels[value], n, address_of(**{name: value}))
        for value, n in counts.items()
    ]
    return [bar_chart(title, counted, values, most=MOST_SHOWN)]


def chart_of_years(filterset: ListFilterSet, title: str) -> YearChart | None:
    """Return a chart of the years of the records; None if they have one or none."""
    counts = filterset.index.facets["year"].counts(filterset.matching_keys)
    if len(counts) < 2:
        return None
    since, until = (filterset.chosen.get(name) for name in ("from", "to"))

    def address_of(first: int, last: int) -> str:
        if not YearFilter.FIRST <= first <= last <= YearFilter.LAST:
            return ""
        # Years that the list leaves out stay left out.
        years = {"from": max(first, since or first), "to": min(last, until or last)}
        return query_with(filterset.data, **{n: str(y) for n, y in years.items()})

    undated = len(filterset.matching_keys) - sum(counts.values())
    histogram = build_histogram(counts, address_of=address_of)
    return YearChart(title, filterset.nouns[1], histogram, undated)

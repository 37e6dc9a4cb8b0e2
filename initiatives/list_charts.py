"""The charts of the list of cases and of the list of findings."""

from functools import partial
from typing import Any
from urllib.parse import urlencode

from casebase.charts.bars import BarChart, stack
from casebase.fixed_addresses import fixed_address
from casebase.lists.charts import (
    ListCharts,
    chart_of_facet,
    chart_of_years,
    query_with,
)
from initiatives.charts import AddressOf, by_result, result_values, results_by_kind
from initiatives.findings.filters import CASE_PARAMETERS
from initiatives.findings.index import finding_index


def charts_of_findings(filterset: Any) -> ListCharts:
    """Return the charts of a list of findings: results, countries and years."""
    narrowed = partial(query_with, filterset.data)
    results = by_result(filterset.snapshot, filterset.matching_keys)
    kinds = results_by_kind(filterset.snapshot, results, narrowed)
    countries = chart_of_facet(
        filterset.cases, "country", "Countries", "findings", narrowed
    )
    years = chart_of_years(filterset, "Years they are about")
    summary = stack(result_values(results, narrowed))
    return ListCharts([*unless_uniform(kinds), *countries], years, summary)


def charts_of_cases(filterset: Any) -> ListCharts:
    """Return the charts of a list of cases: their findings, countries and years."""
    found, snapshot = filterset.matching_keys, filterset.snapshot
    findings, narrowed = finding_index(snapshot), partial(query_with, filterset.data)
    statements = findings.all_keys
    if filterset.chosen:
        statements = findings.groups.of_owners(found)
    results, address_of = by_result(snapshot, statements), of_findings_of(filterset)
    title = "Results of their findings"
    kinds = results_by_kind(snapshot, results, address_of, title)
    countries = chart_of_facet(filterset, "country", "Countries", "cases", narrowed)
    years = chart_of_years(filterset, "Years they began")
    summary = stack(result_values(results, address_of))
    charts = [*unless_uniform(kinds), *countries]
    return ListCharts(charts, years, summary, "Their findings")


def of_findings_of(cases: Any) -> AddressOf:
    """Return what gives the address of the list of the findings of these cases."""
    of_cases = [
        (CASE_PARAMETERS[name], value)
        for name, value in cases.parameters
        if name in CASE_PARAMETERS
    ]

    path, link = fixed_address("findings:list"), "&" if of_cases else ""
    start = f"{path}?{urlencode(of_cases)}{link}"

    def address(**parameters: str) -> str:
        return start + urlencode(parameters)

    return address


def unless_uniform(chart: BarChart) -> list[BarChart]:
    """Return the chart, or nothing if all that it counts is of one kind and result."""
    return [chart] if len(chart.bars) > 1 or len(chart.columns) > 1 else []

"""Charts of cases and of what their statements report, counted from a snapshot.

Every number is that of the list at its address.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlencode

from django.urls import reverse
from pyroaring import BitMap

from casebase.charts.bars import BarChart, Value, bar_chart, divided_bar_chart
from casebase.charts.histogram import YearChart, build_histogram
from casebase.facets.snapshot import Snapshot
from initiatives.case_page import KIND_TITLES
from initiatives.codebook import Codebook
from initiatives.facets import case_index
from initiatives.findings.index import finding_index
from initiatives.models import Finding, country_names
from initiatives.schemes import SCHEMES, family_of

# The signs of results, for drawings; static/css/finding.css has them for texts.
SIGNS = {
    "helped": "✓",
    "mixed": "±",
    "hindered": "✕",
    "neutral": "·",
    "not-reported": "?",
}
# The rows of a chart of many values.
MOST_SHOWN = 8
# Returns the address of a list that is narrowed by these parameters, too.
type AddressOf = Callable[..., str]


def address_of_list(name: str, **parameters: str) -> str:
    """Return the address of the list with this URL name and these parameters."""
    return f"{reverse(name)}?{urlencode(parameters)}"


of_findings: AddressOf = partial(address_of_list, "findings:list")
of_cases: AddressOf = partial(address_of_list, "initiatives:list")


def result_values(
    snapshot: Snapshot, statements: BitMap, address_of: AddressOf = of_findings
) -> list[Value]:
    """Return the results of statements in the order of the codebook, also zeros."""
    counts = finding_index(snapshot).facets["direction"].counts(statements)
    return [
        Value(
            label,
            counts.get(direction, 0),
            address_of(direction=direction),
            direction,
            SIGNS[direction],
        )
        for direction, label in Finding.Direction.choices
    ]


def results_by_kind(
    snapshot: Snapshot, statements: BitMap, address_of: AddressOf = of_findings
) -> BarChart:
    """Return a chart of the kinds of these statements, the most frequent first."""
    kinds = finding_index(snapshot).facets["kind"]
    rows = []
    for kind, title in KIND_TITLES.items():
        if some := kinds.any([kind]) & statements:
            narrowed = partial(address_of, kind=kind)
            results = result_values(snapshot, some, narrowed)
            value = Value(title, len(some), narrowed())
            rows.append((value, results, family_of(kind)))
    rows.sort(key=lambda row: -row[0].n)
    return divided_bar_chart("Results by kind", "findings", rows)


def results_by_term(
    snapshot: Snapshot, scheme: str, most: int | None = None
) -> BarChart:
    """Return a chart of the terms of a scheme that statements have.

    The ``most`` frequent ones are shown, without terms that only group others.
    """
    words, terms = SCHEMES[scheme], finding_index(snapshot).facets["term"]
    rows = []
    for _, concept in Codebook.for_snapshot(snapshot).tree(scheme):
        some = terms.any([concept.pk])
        if some and not concept.is_heading:
            narrowed = partial(of_findings, **{words.parameter: concept.slug})
            results = result_values(snapshot, some, narrowed)
            value = Value(concept.label, len(some), narrowed())
            rows.append((value, results, words.family))
    rows.sort(key=lambda row: -row[0].n)
    return divided_bar_chart(f"{words.title} by result", "findings", rows, most=most)


def cases_by_country(snapshot: Snapshot, most: int | None = None) -> BarChart:
    """Return a chart of the countries with the most cases."""
    cases, names = case_index(snapshot), dict(country_names())
    counts = cases.facets["country"].top_counts(cases.all_keys, len(names))
    values = [
        Value(names[code], n, of_cases(country=code)) for code, n in counts.items()
    ]
    return bar_chart("Cases by country", "cases", values, most=most)


def cases_by_year(snapshot: Snapshot) -> YearChart:
    """Return a chart of the years in which cases began."""
    cases = case_index(snapshot)
    counts = cases.facets["year"].counts(cases.all_keys)

    def address(first: int, last: int) -> str:
        return of_cases(**{"from": str(first), "to": str(last)})

    histogram = build_histogram(counts, address_of=address)
    undated = len(cases.all_keys) - sum(counts.values())
    return YearChart("Cases by the year they began", "cases", histogram, undated)


@dataclass(frozen=True)
class Overview:
    """The charts of all that the base holds."""

    results_by_kind: BarChart
    barriers: BarChart
    strategies: BarChart
    countries: BarChart
    years: YearChart


def what_it_holds(snapshot: Snapshot) -> Overview:
    statements = finding_index(snapshot).all_keys
    return Overview(
        results_by_kind(snapshot, statements),
        results_by_term(snapshot, "barriers", MOST_SHOWN),
        results_by_term(snapshot, "strategies", MOST_SHOWN),
        cases_by_country(snapshot, MOST_SHOWN),
        cases_by_year(snapshot),
    )

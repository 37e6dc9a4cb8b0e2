"""Charts of cases and of what their statements report, counted from a snapshot.

Every number is that of the list at its address.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlencode

from pyroaring import BitMap

from casebase.charts.bars import (
    MOST_SHOWN,
    BarChart,
    Value,
    bar_chart,
    divided_bar_chart,
)
from casebase.charts.histogram import YearChart, build_histogram
from casebase.facets.snapshot import Snapshot
from casebase.fixed_addresses import fixed_address
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
# Returns the address of a list that is narrowed by these parameters, too.
type AddressOf = Callable[..., str]


def address_of_list(name: str, **parameters: str) -> str:
    """Return the address of the list with this URL name and these parameters."""
    return f"{fixed_address(name)}?{urlencode(parameters)}"


of_findings: AddressOf = partial(address_of_list, "findings:list")
of_cases: AddressOf = partial(address_of_list, "initiatives:list")


type Results = dict[str, BitMap]


def by_result(snapshot: Snapshot, statements: BitMap) -> Results:
    """Return direction → those of the statements that report it."""
    values = finding_index(snapshot).facets["direction"]
    return {
        direction: values.any([direction]) & statements
        for direction in Finding.Direction.values
    }


def result_values(
    results: Results, address_of: AddressOf, among: BitMap | None = None
) -> list[Value]:
    """Return the results in the order of the codebook, also those of no statement.

    Only the statements ``among`` are counted, if they are given.
    """
    values = []
    for direction, label in Finding.Direction.choices:
        some = results[direction]
        n = len(some) if among is None else some.intersection_cardinality(among)
        address = address_of(direction=direction) if n else ""
        values.append(Value(label, n, address, direction, SIGNS[direction]))
    return values


def results_by_kind(
    snapshot: Snapshot,
    results: Results,
    address_of: AddressOf = of_findings,
    title: str = "Results by kind",
) -> BarChart:
    """Return a chart of the kinds of statements, the most frequent first."""
    kinds = finding_index(snapshot).facets["kind"]
    groups = [
        (label, {"kind": kind}, family_of(kind), kinds.any([kind]))
        for kind, label in KIND_TITLES.items()
    ]
    return divided_bar_chart(title, "findings", rows_of(groups, results, address_of))


def results_by_term(
    snapshot: Snapshot, scheme: str, most: int | None = None
) -> BarChart:
    """Return a chart of the terms of a scheme that statements have.

    The ``most`` frequent ones are shown, without terms that only group others.
    """
    index, words = finding_index(snapshot), SCHEMES[scheme]
    groups = [
        (
            concept.label,
            {words.parameter: concept.slug},
            words.family,
            index.facets["term"].any([concept.pk]),
        )
        for _, concept in Codebook.for_snapshot(snapshot).tree(scheme)
        if not concept.is_heading
    ]
    rows = rows_of(groups, by_result(snapshot, index.all_keys), of_findings)
    title = f"{words.title} by result"
    return divided_bar_chart(title, "findings", rows, most=most)


def rows_of(
    groups: Iterable[tuple[str, dict[str, str], str, BitMap]],
    results: Results,
    address_of: AddressOf,
) -> list[tuple[Value, list[Value], str]]:
    """Return the rows of a divided chart, the most frequent first, without empty ones.

    A group has a label, the parameters of its list, a family and its statements.
    """
    rows = []
    for label, parameters, family, statements in groups:
        narrowed = partial(address_of, **parameters)
        parts = result_values(results, narrowed, statements)
        if n := sum(part.n for part in parts):
            rows.append((Value(label, n, narrowed()), parts, family))
    return sorted(rows, key=lambda row: -row[0].n)


def cases_by_country(
    snapshot: Snapshot,
    cases: BitMap | None = None,
    address_of: AddressOf = of_cases,
    most: int | None = None,
) -> BarChart:
    """Return a chart of the countries of these cases, or of all."""
    index, names = case_index(snapshot), dict(country_names())
    among = index.all_keys if cases is None else cases
    counts = index.facets["country"].top_counts(among, len(names))
    values = [
        Value(names[code], n, address_of(country=code)) for code, n in counts.items()
    ]
    return bar_chart("Cases by country", "cases", values, most=most)


def cases_by_year(
    snapshot: Snapshot, cases: BitMap | None = None, address_of: AddressOf = of_cases
) -> YearChart:
    """Return a chart of the years in which these cases began, or all."""
    index = case_index(snapshot)
    among = index.all_keys if cases is None else cases
    counts = index.facets["year"].counts(among)

    def address(first: int, last: int) -> str:
        return address_of(**{"from": str(first), "to": str(last)})

    histogram = build_histogram(counts, address_of=address)
    undated = len(among) - sum(counts.values())
    return YearChart("Cases by the year they began", "cases", histogram, undated)


@dataclass(frozen=True)
class Overview:
    """The charts of all that the base holds.

    ``results`` maps a direction, as a name in templates, to a number of statements.
    """

    n_statements: int
    results: dict[str, int]
    results_by_kind: BarChart
    barriers: BarChart
    strategies: BarChart
    countries: BarChart
    years: YearChart


def what_it_holds(snapshot: Snapshot) -> Overview:
    statements = finding_index(snapshot).all_keys
    results = by_result(snapshot, statements)
    return Overview(
        len(statements),
        {name.replace("-", "_"): len(some) for name, some in results.items()},
        results_by_kind(snapshot, results),
        results_by_term(snapshot, "barriers", MOST_SHOWN),
        results_by_term(snapshot, "strategies", MOST_SHOWN),
        cases_by_country(snapshot, most=MOST_SHOWN),
        cases_by_year(snapshot),
    )

"""The results of the benchmark as tables in Markdown.

    python -m bench.tables

prints those of the last runs, as they stand in docs/performance.md.
"""

import json
import sys
from collections.abc import Iterable
from itertools import repeat
from typing import Any

from bench.places import RESULTS
from bench.ratios import Medians, Place

type Result = dict[str, Any]
# By line and column.
type Cells = dict[str, dict[Place, str]]


def of_lists(result: Result) -> str:
    """What was measured, and the ratios that the bars are about."""
    rows = result["rows"]
    places = list(dict.fromkeys(Place(row["database"], row["cases"]) for row in rows))
    figures: Cells = {}
    for row in rows:
        name = ", ".join(filter(None, [row["what"], row.get("server")]))
        figures.setdefault(name, {})[Place(row["database"], row["cases"])] = figure(row)
    medians = Medians(rows)
    compared: Cells = {}
    for place in places:
        smallest = min(each for each in places if each.database == place.database)
        for name, value in medians.ratios(place, smallest):
            compared.setdefault(name, {})[place] = f"{value:.2f}"
    return f"{machine(result)}\n{wide(figures, places)}\n{wide(compared, places)}"


def of_exports(result: Result) -> str:
    heads = ["", "works", "first byte", "whole", "size", "peak of a worker"]
    lines = [
        [
            f"{row['format']}, {row['database']}",
            f"{row['works']:,}",
            f"{row['first'] * 1000:.0f} ms",
            f"{row['whole']:.2f} s",
            f"{row['length'] / 1e6:.1f} MB",
            f"{row['peak']:.0f} MB",
        ]
        for row in result["rows"]
    ]
    return f"{machine(result)}\n{table(heads, lines)}"


def of_citations(result: Result) -> str:
    heads = ["", "works", "from cold", "kept", "plain pandoc"]
    lines = [
        [row["style"], f"{row['works']:,}", row["cold"], row["kept"], row["pandoc"]]
        for row in result["rows"]
    ]
    return f"{machine(result)}\n{table(heads, lines)}"


def machine(result: Result) -> str:
    described = (f"{name} {value}" for name, value in result["machine"].items())
    return f"{', '.join(described)}\n"


def figure(row: dict[str, Any]) -> str:
    """Median and 95th percentile in milliseconds, or a value in its own unit."""
    if "median" in row:
        return f"{row['median']:,.1f} / {row['p95']:,.1f}"
    return f"{row['value']:,.2f} {row['unit']}"


def wide(cells: Cells, places: list[Place]) -> str:
    heads = [f"{place.database}, {place.cases:,}" for place in places]
    lines = ([name, *map(of.get, places, repeat(""))] for name, of in cells.items())
    return table(["", *heads], lines)


def table(heads: list[str], lines: Iterable[list[str]]) -> str:
    rule = ["---", *("---:" for _ in heads[1:])]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in [heads, rule, *lines])


TABLES = {"lists": of_lists, "exports": of_exports, "citations": of_citations}

if __name__ == "__main__":
    for name, table_of in TABLES.items():
        result = json.loads((RESULTS / f"{name}.json").read_text())
        sys.stdout.write(f"## {name}\n\n{table_of(result)}\n")

"""Formats the results of the benchmark as Markdown tables.

    python -m bench.tables

This prints the tables of the last runs, which are copied to docs/performance.md.
"""

import json
import sys
from collections.abc import Iterable
from itertools import repeat
from typing import Any

from bench.databases import RESULTS
from bench.ratios import Medians, Setup

type Result = dict[str, Any]
# Name of a line → setup → cell.
type Cells = dict[str, dict[Setup, str]]


def format_lists(result: Result) -> str:
    """Return a table of the values and a table of the ratios."""
    rows = result["rows"]
    setups = list(dict.fromkeys(Setup(row["database"], row["cases"]) for row in rows))
    values: Cells = {}
    for row in rows:
        name = ", ".join(filter(None, [row["what"], row.get("server")]))
        setup = Setup(row["database"], row["cases"])
        values.setdefault(name, {})[setup] = format_value(row)
    medians = Medians(rows)
    ratios: Cells = {}
    for setup in setups:
        smallest = min(each for each in setups if each.database == setup.database)
        for name, value in medians.ratios(setup, smallest):
            ratios.setdefault(name, {})[setup] = f"{value:.2f}"
    tables = format_by_setup(values, setups), format_by_setup(ratios, setups)
    return "\n".join([format_machine(result), *tables])


def format_exports(result: Result) -> str:
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
    return f"{format_machine(result)}\n{format_table(heads, lines)}"


def format_citations(result: Result) -> str:
    heads = ["", "works", "from cold", "cached", "plain pandoc"]
    lines = [
        [row["style"], f"{row['works']:,}", row["cold"], row["cached"], row["pandoc"]]
        for row in result["rows"]
    ]
    return f"{format_machine(result)}\n{format_table(heads, lines)}"


def format_machine(result: Result) -> str:
    parts = (f"{name} {value}" for name, value in result["machine"].items())
    return f"{', '.join(parts)}\n"


def format_value(row: dict[str, Any]) -> str:
    """Return median and 95th percentile in milliseconds, or a value with its unit."""
    if "median" in row:
        return f"{row['median']:,.1f} / {row['p95']:,.1f}"
    return f"{row['value']:,.2f} {row['unit']}"


def format_by_setup(cells: Cells, setups: list[Setup]) -> str:
    """Return a table with one column for each setup."""
    heads = [f"{setup.database}, {setup.cases:,}" for setup in setups]
    lines = ([name, *map(of.get, setups, repeat(""))] for name, of in cells.items())
    return format_table(["", *heads], lines)


def format_table(heads: list[str], lines: Iterable[list[str]]) -> str:
    rule = ["---", *("---:" for _ in heads[1:])]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in [heads, rule, *lines])


FORMATTERS = {
    "lists": format_lists,
    "exports": format_exports,
    "citations": format_citations,
}

if __name__ == "__main__":
    for name, format_result in FORMATTERS.items():
        result = json.loads((RESULTS / f"{name}.json").read_text())
        sys.stdout.write(f"## {name}\n\n{format_result(result)}\n")

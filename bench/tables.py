"""The results of the benchmark as tables in Markdown.

    python -m bench.tables

prints those of the last run, as they stand in docs/performance.md.
"""

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "results"


def of_lists(result: dict[str, Any]) -> str:
    """Median / 95th percentile in ms of each page, by database and number of cases."""
    rows = result["rows"]
    columns = list(dict.fromkeys((row["database"], row["cases"]) for row in rows))
    heads = [f"{database}, {cases:,}" for database, cases in columns]
    pages: dict[str, dict[tuple[str, int], str]] = {}
    for row in rows:
        name = f"{row['what']}{row.get('how', '')}"
        pages.setdefault(name, {})[row["database"], row["cases"]] = figure(row)
    lines = [
        [name, *(cells.get(column, "") for column in columns)]
        for name, cells in pages.items()
    ]
    machine = ", ".join(f"{name} {value}" for name, value in result["machine"].items())
    return f"{machine}\n\n{table(['', *heads], lines)}"


def figure(row: dict[str, Any]) -> str:
    """In the unit that the kind of row has."""
    if "median" in row:
        return f"{row['median']:,.1f} / {row['p95']:,.1f}"
    (value,) = (row[unit] for unit in ("value",) if unit in row)
    return f"{value:,.1f} {row['unit']}"


def table(heads: list[str], lines: Iterable[list[str]]) -> str:
    rule = ["---", *("---:" for _ in heads[1:])]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in [heads, rule, *lines])


if __name__ == "__main__":
    sys.stdout.write(of_lists(json.loads((RESULTS / "lists.json").read_text())))

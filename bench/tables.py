"""The results of the benchmark as tables in Markdown.

    python -m bench.tables

prints those of the last run, as they stand in docs/performance.md.
"""

import json
import sys
from collections.abc import Iterable
from itertools import repeat
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "results"


def of_lists(result: dict[str, Any]) -> str:
    """A line for each kind of page and server, a column for each database and size."""
    rows = result["rows"]
    columns = list(dict.fromkeys((row["database"], row["cases"]) for row in rows))
    heads = [f"{database}, {cases:,}" for database, cases in columns]
    lines: dict[str, dict[tuple[str, int], str]] = {}
    for row in rows:
        name = ", ".join(filter(None, [row["what"], row.get("server")]))
        lines.setdefault(name, {})[row["database"], row["cases"]] = figure(row)
    machine = ", ".join(f"{name} {value}" for name, value in result["machine"].items())
    cells = [[name, *map(of.get, columns, repeat(""))] for name, of in lines.items()]
    return f"{machine}\n\n{table(['', *heads], cells)}"


def figure(row: dict[str, Any]) -> str:
    """Median and 95th percentile in milliseconds, or a value in its own unit."""
    if "median" in row:
        return f"{row['median']:,.1f} / {row['p95']:,.1f}"
    return f"{row['value']:,.2f} {row['unit']}"


def table(heads: list[str], lines: Iterable[list[str]]) -> str:
    rule = ["---", *("---:" for _ in heads[1:])]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in [heads, rule, *lines])


if __name__ == "__main__":
    sys.stdout.write(of_lists(json.loads((RESULTS / "lists.json").read_text())))

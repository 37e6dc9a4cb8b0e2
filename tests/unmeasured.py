"""Tests that run without coverage, because they take long and reach no line alone.

Measuring coverage makes a test take half as long again. `python -m tests.unmeasured`
runs all tests on SQLite and writes to unmeasured.txt those that may do without it.
"""

import os
import re
import sqlite3
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory

from lxml import etree

LIST = Path(__file__).with_suffix(".txt")
# Others are not worth a line of the list, in seconds.
MIN_SECONDS = 0.03
# What these start in processes of their own is not counted as theirs.
WITH_PROCESSES = (
    "tests/test_settings.py",
    "tests/test_start.py",
    "tests/test_database_availability.py",
)


def name_of(node_id):
    """Return the id of a test without its parameters."""
    return node_id.partition("[")[0]


def listed():
    """Return the ids of the tests of the list, without parameters."""
    return set(LIST.read_text().split())


def main():
    with TemporaryDirectory() as folder:
        data, report = Path(folder, "coverage"), Path(folder, "report.xml")
        measure(data, report)
        chosen = choose(read_arcs(data), read_seconds(report))
    LIST.write_text("".join(f"{name}\n" for name in sorted(chosen)))


def measure(data, report):
    """Run the tests; write the lines of each to ``data``, its time to ``report``."""
    command = [sys.executable, "-m", "pytest", "--numprocesses=auto"]
    command += ["-m", "not hypothesis", f"--junit-xml={report}", "--cov"]
    command += ["--cov-context=test", "--cov-report=", "--cov-fail-under=0"]
    environment = os.environ | {"COVERAGE_FILE": str(data), "DATABASE_URL": ""}
    subprocess.run(command, env=environment, check=True)


def read_arcs(data):
    """Return name of test → set of the steps from line to line that it makes."""
    query = """
        select context, file_id, fromno, tono
        from arc join context on context.id = context_id
    """
    arcs = defaultdict(set)
    for context, *arc in sqlite3.connect(data).execute(query):
        arcs[name_of(context.rpartition("|")[0])].add(tuple(arc))
    return arcs


def read_seconds(report):
    """Return name of test → seconds, of all its parameters together."""
    seconds = Counter()
    for case in etree.parse(report).iter("testcase"):
        name = name_of(f"{case.get('classname')}.{case.get('name')}")
        path, test = re.fullmatch(r"(tests(?:\.[a-z0-9_]+)+)\.(.+)", name).groups()
        node_id = f"{path.replace('.', '/')}.py::{test.replace('.', '::')}"
        seconds[node_id] += float(case.get("time"))
    return seconds


def choose(arcs, seconds):
    """Return names of slow tests without which all arcs are still reached.

    What no test reaches alone, such as imports, is in ``arcs[""]``.
    """
    outside = arcs.pop("", set())
    times_reached = Counter(arc for reached in arcs.values() for arc in reached)
    chosen = []
    for name, time in seconds.most_common():
        if time < MIN_SECONDS or name.startswith(WITH_PROCESSES):
            continue
        own = arcs.get(name, set()) - outside
        if all(times_reached[arc] > 1 for arc in own):
            times_reached.subtract(own)
            chosen.append(name)
    return chosen


if __name__ == "__main__":
    main()

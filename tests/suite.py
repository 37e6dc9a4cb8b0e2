"""Runs every test this machine can: on SQLite, on PostgreSQL and in a real browser.

Tests that use no database, or are marked ``once``, run with SQLite alone; see
tests/conftest.py.
The last line says what was left out and why. CASEBASE_REQUIRE=postgresql,browser makes
leaving either out a failure.
"""

import os
import signal
import subprocess
import sys

from tests import chromium, postgresql

OPTIONAL = {"postgresql": postgresql.missing, "browser": chromium.missing}
PYTEST = [sys.executable, "-m", "pytest", "--numprocesses", "auto"]
# Both databases add to one measurement, which is reported at the end. To measure takes
# half as long again, so PostgreSQL is measured where SQLite can't reach all lines.
MEASURED = ["--cov-append", "--cov-report=", "--cov-fail-under=0"]
ON_SQLITE = ["--cov", *MEASURED]
PARTS = ("casebase/change_tracking", "casebase/desk", "casebase/search")
ON_POSTGRESQL = [*(f"--cov={part}" for part in PARTS), *MEASURED]


def main():
    # What is being run stops its servers on the way out, as on Ctrl-C.
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, lambda *_: sys.exit(1))
    left_out = {part: why for part, missing in OPTIONAL.items() if (why := missing())}
    refuse_leaving_out_what_is_required(left_out)

    coverage("erase")
    passed = [test_on_sqlite()]
    if "postgresql" not in left_out:
        passed.append(test_on_postgresql())
        # Each database has lines of its own, so only both together reach them all.
        passed.append(coverage("report"))
    if "browser" not in left_out:
        passed.append(test_in_browser())

    summary = f"Left out: {'; '.join(left_out.values())}." if left_out else ""
    print(f"\n{summary or 'Nothing left out.'}")
    sys.exit(not all(passed))


def refuse_leaving_out_what_is_required(left_out):
    required = set(filter(None, os.environ.get("CASEBASE_REQUIRE", "").split(",")))
    if unknown := required - OPTIONAL.keys():
        known = ", ".join(OPTIONAL)
        sys.exit(f"CASEBASE_REQUIRE knows {known}, and not {', '.join(unknown)}.")
    if lacking := [left_out[part] for part in required & left_out.keys()]:
        sys.exit(f"Required, but this machine lacks {' and '.join(lacking)}.")


def test_on_sqlite():
    return run("SQLite", *PYTEST, *ON_SQLITE, DATABASE_URL="")


def test_on_postgresql():
    with postgresql.cluster() as url:
        return run("PostgreSQL", *PYTEST, *ON_POSTGRESQL, DATABASE_URL=url)


def test_in_browser():
    return run("the browser", *PYTEST, "tests/browser")


def coverage(command):
    return run("coverage", sys.executable, "-m", "coverage", command)


def run(part, *command, **environment):
    print(f"\n{part}", flush=True)
    return subprocess.run(command, env=os.environ | environment).returncode == 0


if __name__ == "__main__":
    main()

"""Runs every test that this machine can: on SQLite, on PostgreSQL and in a browser.

Tests that use no database, or are marked ``once``, run on SQLite only; see
tests/conftest.py. The last line of output says what was left out and why. It is an
error to leave out a part that CASEBASE_REQUIRE names, as in “postgresql,browser”.
"""

import os
import signal
import subprocess
import sys

from tests import chromium, pgbouncer, postgresql, redis_server
from tests.backups import encryption_programs
from tests.cluster import servers

OPTIONAL = {
    "postgresql": postgresql.missing,
    "rum": postgresql.missing_rum,
    "pgbouncer": pgbouncer.missing,
    "redis": redis_server.missing,
    "encryption": encryption_programs.missing,
    "browser": chromium.missing,
    "cluster": servers.missing,
}
PYTEST = [sys.executable, "-m", "pytest", "--numprocesses", "auto"]
# Both databases add to one measurement of coverage, reported at the end.
COVERAGE_OPTIONS = ["--cov", "--cov-append", "--cov-report=", "--cov-fail-under=0"]
# Measuring takes half as long again, so what adds nothing runs without it. What a
# property test reaches would depend on chance.
UNMEASURED = "unmeasured or hypothesis"
# Tests that reach all lines that SQLite can't reach.
MEASURED_ON_POSTGRESQL = (
    "tests/backups/test_postgresql.py",
    "tests/backups/test_rehearsal.py",
    "tests/change_tracking/test_version_order.py",
    "tests/facets/test_saved_snapshot.py",
    "tests/imports/test_staging.py",
    "tests/monitoring/test_state_page.py",
    "tests/search/test_addresses.py",
    "tests/search/test_index_tables.py",
    "tests/search/test_matching.py",
    "tests/search/test_nearest_matches.py",
    "tests/search/test_rebuilding.py",
    "tests/search/test_rum.py",
    "tests/test_site_lock.py",
    "tests/test_write_conflicts.py",
)

REPLICAS = "tests/replicas"


def main():
    # Exit as on Ctrl-C, so that the servers are stopped.
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, lambda *_: sys.exit(1))
    left_out = {part: why for part, missing in OPTIONAL.items() if (why := missing())}
    require_optional_parts(left_out)

    coverage("erase")
    passed = [test_on_sqlite()]
    if "postgresql" not in left_out:
        passed.append(test_on_postgresql())
    # Some lines need one database or another program, so only all together reach all.
    if not left_out.keys() - {"browser", "cluster", "rum"}:
        passed.append(coverage("report"))
    if "browser" not in left_out:
        passed.append(test_in_browser())

    summary = f"Left out: {'; '.join(left_out.values())}." if left_out else ""
    print(f"\n{summary or 'Nothing left out.'}")
    sys.exit(not all(passed))


def require_optional_parts(left_out):
    """Exit with an error if a part that CASEBASE_REQUIRE names is left out.

    ``left_out`` maps the names of parts to the reasons.
    """
    required = set(filter(None, os.environ.get("CASEBASE_REQUIRE", "").split(",")))
    if unknown := required - OPTIONAL.keys():
        known = ", ".join(OPTIONAL)
        sys.exit(f"CASEBASE_REQUIRE knows {known}, and not {', '.join(unknown)}.")
    if lacking := [left_out[part] for part in required & left_out.keys()]:
        sys.exit(f"Required, but this machine lacks {' and '.join(lacking)}.")


def test_on_sqlite():
    measured, others = ["-m", f"not ({UNMEASURED})"], ["-m", UNMEASURED]
    return test_on("SQLite", measured, others, DATABASE_URL="")


def test_on_postgresql():
    ignored = (*MEASURED_ON_POSTGRESQL, REPLICAS)
    others = [f"--ignore={path}" for path in ignored]
    with postgresql.cluster() as url:
        return all(
            [
                test_on("PostgreSQL", MEASURED_ON_POSTGRESQL, others, DATABASE_URL=url),
                # With a database of its own: it commits words that others would find.
                run(
                    "replicas",
                    *PYTEST,
                    *COVERAGE_OPTIONS,
                    REPLICAS,
                    DATABASE_URL=url,
                ),
            ]
        )


def test_on(database, measured, others, **environment):
    """Run some tests with coverage and the others without; return whether all pass."""
    passed = [
        run(
            f"{database}, with coverage",
            *PYTEST,
            *COVERAGE_OPTIONS,
            *measured,
            **environment,
        ),
        run(f"{database}, without", *PYTEST, *others, **environment),
    ]
    return all(passed)


def test_in_browser():
    return run("the browser", *PYTEST, "tests/browser")


def coverage(command):
    return run("coverage", sys.executable, "-m", "coverage", command)


def run(part, *command, **environment):
    print(f"\n{part}", flush=True)
    return subprocess.run(command, env=os.environ | environment).returncode == 0


if __name__ == "__main__":
    main()

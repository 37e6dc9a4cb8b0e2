"""The databases to measure: empty ones, each with a site of its own, one at a time."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench import machine
from tests import postgresql

RESULTS = Path(__file__).parent / "results"


def measure(name: str, module: str, sizes: Iterable[int]) -> dict[str, Any]:
    """Run a module for each size and database. Returns and saves the results."""
    rows = [row for size in sizes for rows in run_module(module, size) for row in rows]
    return save_results(name, rows)


def save_results(name: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Write bench/results/NAME.json: the machine and the rows. Returns its content."""
    result = {"machine": machine.describe_machine(), "rows": rows}
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.json").write_text(json.dumps(result, indent=1) + "\n")
    return result


def run_module(module: str, size: int) -> Iterator[list[dict[str, Any]]]:
    """Yield the rows that a module prints as JSON, for each database.

    The module runs in a process of its own, because the settings name one database. Its
    arguments are the number of records and a temporary folder.
    """
    for database in databases():
        with folder_for(size) as folder, database(Path(folder)) as url:
            words = [module, str(size), folder]
            done = subprocess.run(  # noqa: S603 -- a module of ours, and numbers
                [sys.executable, "-m", "bench.configured", *words],
                env=os.environ | site_environment(url, Path(folder)),
                stdout=subprocess.PIPE,
                check=True,
            )
            yield json.loads(done.stdout)


def folder_for(size: int) -> AbstractContextManager[str]:
    """Return a folder for the files of one database.

    It is temporary, unless BENCH_FOLDER names a folder that keeps them for other runs.
    """
    if not (kept := os.environ.get("BENCH_FOLDER")):
        return TemporaryDirectory()
    folder = Path(kept) / str(size)
    folder.mkdir(parents=True, exist_ok=True)
    return nullcontext(str(folder))


def databases() -> list[Callable[[Path], AbstractContextManager[str]]]:
    """Return context managers that create an empty database and yield its URL.

    A database that is kept in BENCH_FOLDER is one of SQLite, and has its records.
    """
    if os.environ.get("BENCH_FOLDER"):
        return [sqlite_database]
    if why := postgresql.missing():
        sys.stderr.write(f"Left out: {why}.\n")
        return [sqlite_database]
    return [sqlite_database, postgresql_database]


@contextmanager
def sqlite_database(folder: Path) -> Iterator[str]:
    yield f"sqlite:///{folder / 'casebase.sqlite3'}"


@contextmanager
def postgresql_database(folder: Path) -> Iterator[str]:
    with postgresql.cluster() as url:
        # The database that every server has from the start.
        yield url.replace("/casebase?", "/postgres?")


def site_environment(url: str, folder: Path) -> dict[str, str]:
    """Return environment variables as of a public site, but without HTTPS."""
    return {
        "DJANGO_SETTINGS_MODULE": "casebase.settings",
        "SECRET_KEY": "only for measuring, on this machine and for these minutes",
        "ALLOWED_HOSTS": "127.0.0.1",
        "DEBUG": "off",
        "HTTPS": "off",
        "REQUIRE_SECOND_FACTOR": "off",
        "DATABASE_URL": url,
        "CACHE_DIR": str(folder / "cache"),
        "CACHE_URL": "",
        "STORAGE_URL": "",
        "STATIC_ROOT": str(folder / "staticfiles"),
    }

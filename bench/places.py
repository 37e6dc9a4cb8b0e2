"""The databases that are measured: empty, each with its own site, one at a time."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench import machine
from tests import postgresql

RESULTS = Path(__file__).parent / "results"


def measured(name: str, module: str, sizes: Iterable[int]) -> dict[str, Any]:
    """The machine and what a module measured on it, also in bench/results/NAME.json."""
    rows = [row for size in sizes for rows in rows_of(module, size) for row in rows]
    return kept(name, rows)


def kept(name: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    result = {"machine": machine.described(), "rows": rows}
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.json").write_text(json.dumps(result, indent=1) + "\n")
    return result


def rows_of(module: str, size: int) -> Iterator[list[dict[str, Any]]]:
    """What a module prints as JSON about so many records, on one database and the next.

    In a process of its own, for the settings name one database. Its arguments are the
    size and a folder that is gone afterwards.
    """
    for place in places():
        with TemporaryDirectory() as folder, place(Path(folder)) as url:
            words = [module, str(size), folder]
            done = subprocess.run(  # noqa: S603 -- a module of ours, and numbers
                [sys.executable, "-m", "bench.configured", *words],
                env=os.environ | settings(url, Path(folder)),
                stdout=subprocess.PIPE,
                check=True,
            )
            yield json.loads(done.stdout)


def places() -> list[Callable[[Path], AbstractContextManager[str]]]:
    if why := postgresql.missing():
        sys.stderr.write(f"Left out: {why}.\n")
        return [sqlite]
    return [sqlite, cluster]


@contextmanager
def sqlite(folder: Path) -> Iterator[str]:
    yield f"sqlite:///{folder / 'casebase.sqlite3'}"


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    with postgresql.cluster() as url:
        # The one that every server has from the start.
        yield url.replace("/casebase?", "/postgres?")


def settings(url: str, folder: Path) -> dict[str, str]:
    """Those of a public site, but for the certificate."""
    return {
        "DJANGO_SETTINGS_MODULE": "casebase.settings",
        "SECRET_KEY": "only for measuring, on this machine and for these minutes",
        "ALLOWED_HOSTS": "127.0.0.1",
        "DEBUG": "off",
        "HTTPS": "off",
        "REQUIRE_SECOND_FACTOR": "off",
        "DATABASE_URL": url,
        "CACHE_DIR": str(folder / "cache"),
        "STATIC_ROOT": str(folder / "staticfiles"),
    }

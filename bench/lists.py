"""How long pages take at any size, beside Datasette, a bare view and a bare query.

    python -m bench.lists [sizes]

Whole HTTP requests against gunicorn with two workers, one after the other, after
warm-up. Every database and size is built anew, and all is measured in one run. Prints a
table and writes bench/results/lists.json.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench import machine, tables
from tests import postgresql

SIZES = [1_000, 100_000]
RESULTS = Path(__file__).parent / "results"


def main() -> None:
    sizes = [int(word) for word in sys.argv[1:]] or SIZES
    rows: list[dict[str, Any]] = []
    for size in sizes:
        for place in (sqlite, cluster):
            with TemporaryDirectory() as folder, place(Path(folder)) as url:
                rows += measured(size, Path(folder), url)
    result = {"machine": machine.described(), "rows": rows}
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "lists.json").write_text(json.dumps(result, indent=1) + "\n")
    sys.stdout.write(tables.of_lists(result))


@contextmanager
def sqlite(folder: Path) -> Iterator[str]:
    yield f"sqlite:///{folder / 'casebase.sqlite3'}"


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    with postgresql.cluster() as url:
        # The one that every server has from the start.
        yield url.replace("/casebase?", "/postgres?")


def measured(size: int, folder: Path, url: str) -> list[dict[str, Any]]:
    """In a process of its own, for the settings name one database."""
    run = [sys.executable, "-m", "bench.configured", "bench.pages"]
    settings = {
        "DJANGO_SETTINGS_MODULE": "casebase.settings",
        "SECRET_KEY": "only for measuring, on this machine and for these minutes",
        "ALLOWED_HOSTS": "127.0.0.1",
        "DEBUG": "off",
        "HTTPS": "off",
        "DATABASE_URL": url,
        "CACHE_DIR": str(folder / "cache"),
    }
    command = [*run, str(size), str(folder)]
    done = subprocess.run(  # noqa: S603
        command, env=os.environ | settings, stdout=subprocess.PIPE, check=True
    )
    rows: list[dict[str, Any]] = json.loads(done.stdout)
    return rows


if __name__ == "__main__":
    main()

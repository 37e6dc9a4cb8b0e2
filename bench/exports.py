"""How files of many works come from the database through the real server.

    python -m bench.exports [sizes]

For each format the milliseconds to the first byte of the file, the seconds to its last,
its size, and the peak of memory of the worker that sent it, all as a reader meets them:
over HTTP, from gunicorn as gunicorn.conf.py sets it up. Medians of some requests.
"""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from itertools import batched
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from bench.citations import FIXTURE, varied
from references.formats import FORMATS
from tests import postgresql
from tests.browser.server import start_gunicorn

SIZES = (10_000, 100_000)
STREAMS = [name for name, form in FORMATS.items() if not form.is_whole]
PATIENCE = 600


def main() -> None:
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "casebase.settings",
        "SECRET_KEY": "only for measuring, on this machine and for these minutes",
        "ALLOWED_HOSTS": "127.0.0.1",
        "HTTPS": "off",
        "DEBUG": "off",
    }
    words = sys.argv[1:]
    if words[:1] == ["--here"]:
        measure(int(words[1]))
        return
    say("database", "works", "format", "first ms", "all s", "MB", "peak MB")
    for size in map(int, words or SIZES):
        with TemporaryDirectory() as folder:
            os.environ |= {"CACHE_DIR": folder}
            begin(size, f"sqlite:///{folder}/db.sqlite3")
        if not postgresql.missing():
            with postgresql.cluster() as url:
                # The one that every server has from the start.
                begin(size, url.replace("/casebase?", "/postgres?"))


def begin(size: int, url: str) -> None:
    """In a process of its own, for the settings name one database."""
    command = [sys.executable, "-m", "bench.exports", "--here", str(size)]
    subprocess.run(command, env=os.environ | {"DATABASE_URL": url}, check=True)  # noqa: S603


def measure(size: int) -> None:
    import django

    django.setup()
    from django.db import connection

    fill(size)
    with serving() as (port, server):
        for name in STREAMS:
            fetch(port, name)
            taken = [fetch(port, name) for _ in range(5 if size <= 10_000 else 1)]
            first, whole, length = (median(each) for each in zip(*taken, strict=True))
            peak = max(peak_of(worker) for worker in workers_of(server))
            columns = (f"{first * 1000:.0f}", f"{whole:.2f}", f"{length / 1e6:.1f}")
            say(connection.vendor, size, name, *columns, peak)


def say(*columns: object) -> None:
    sys.stdout.write("".join(f"{column:>13}" for column in columns) + "\n")
    sys.stdout.flush()


def fill(size: int) -> None:
    """The works of fixtures/ under varied names, as often as it takes."""
    from django.core.management import call_command
    from django.db import transaction

    from references.csl import Work

    call_command("migrate", verbosity=0)
    items = json.loads(FIXTURE.read_text())
    with transaction.atomic():
        for numbers in batched(range(size), 2_000):
            pour([Work.model_validate(varied(items, number)) for number in numbers])


def pour(works: list) -> None:
    from references.importing import columns_of
    from references.models import Contribution, Reference
    from references.naming import people_named

    columns = [columns_of(work) | {"chapter_position": None} for work in works]
    records = Reference.objects.bulk_create(Reference(**each) for each in columns)
    people = people_named(name for work in works for name in work.author + work.editor)
    Contribution.objects.bulk_create(
        Contribution(reference=record, person=people[name], role=role, position=place)
        for record, work in zip(records, works, strict=True)
        for role in ("author", "editor")
        for place, name in enumerate(getattr(work, role), start=1)
    )


@contextmanager
def serving() -> Iterator[tuple[int, subprocess.Popen]]:
    """The port of the site, and its first process."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        server = start_gunicorn(listener.fileno(), os.environ)
    try:
        yield port, server
    finally:
        server.terminate()
        server.wait()


def fetch(port: int, name: str) -> tuple[float, float, int]:
    """Seconds to the first byte, to the last, and bytes."""
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    began = perf_counter()
    connection.request("GET", f"/references/export/{name}/")
    answer = connection.getresponse()
    assert answer.status == 200, answer.status  # noqa: S101
    length = len(answer.read(1))
    first = perf_counter() - began
    while block := answer.read(1 << 16):
        length += len(block)
    connection.close()
    return first, perf_counter() - began, length


def workers_of(server: subprocess.Popen) -> list[str]:
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children")
    return children.read_text().split()


def peak_of(process: str) -> int:
    """Megabytes that it had at most in memory."""
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) // 1024
    return 0


if __name__ == "__main__":
    main()

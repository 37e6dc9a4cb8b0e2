"""Times downloads of works from one database, in each format. Prints rows as JSON.

python -m bench.configured bench.works 10000 FOLDER
"""

import json
import sys
from collections.abc import Iterator
from http.client import HTTPConnection
from itertools import batched
from statistics import median
from time import perf_counter
from typing import Any, NamedTuple

from django.db import connection, transaction

from bench import servers
from bench.citations import FIXTURE, vary_item
from references.csl import Work
from references.formats import FORMATS
from references.loading import column_values
from references.models import Contribution, Reference
from references.person_names import get_or_create_people

STREAMED_FORMATS = [name for name, form in FORMATS.items() if not form.is_buffered]
TIMEOUT_SECONDS = 600
BLOCK_BYTES = 1 << 16


class Download(NamedTuple):
    """Seconds to the first byte and to the last, and the number of bytes."""

    first: float
    whole: float
    length: int


def main() -> None:
    size = int(sys.argv[1])
    create_site(size)
    setup = {"database": connection.vendor, "works": size}
    with servers.casebase() as server:
        repetitions = 5 if size <= 10_000 else 1
        rows = [setup | row for row in measure_formats(server, repetitions)]
    json.dump(rows, sys.stdout)


def measure_formats(
    server: servers.Server, repetitions: int
) -> Iterator[dict[str, Any]]:
    """Yield a row for each format.

    ``first`` and ``whole`` are in seconds, ``length`` in bytes, ``peak`` in MB.
    """
    for name in STREAMED_FORMATS:
        path = f"/references/export/{name}/"
        download(server.port, path)
        downloads = [download(server.port, path) for _ in range(repetitions)]
        yield {
            "format": name,
            "first": median(each.first for each in downloads),
            "whole": median(each.whole for each in downloads),
            "length": downloads[0].length,
            "peak": server.peak_memory_mb(),
        }


def download(port: int, path: str) -> Download:
    """Download a file. Raises RuntimeError if the status is not 200."""
    connection = HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_SECONDS)
    start = perf_counter()
    connection.request("GET", path)
    response = connection.getresponse()
    if response.status != 200:
        raise RuntimeError(f"{path} answers {response.status}")
    length = len(response.read(1))
    first = perf_counter() - start
    while block := response.read(BLOCK_BYTES):
        length += len(block)
    return Download(first, perf_counter() - start, length)


def create_site(size: int) -> None:
    """Set up the site with the works of fixtures/, repeated with varied names."""
    servers.set_up_site()
    items = json.loads(FIXTURE.read_text())
    with transaction.atomic():
        for numbers in batched(range(size), 2_000):
            insert_works([Work.model_validate(vary_item(items, n)) for n in numbers])


def insert_works(works: list[Work]) -> None:
    columns = [column_values(work) | {"chapter_position": None} for work in works]
    records = Reference.objects.bulk_create(Reference(**each) for each in columns)
    people = get_or_create_people(
        name for work in works for name in work.author + work.editor
    )
    Contribution.objects.bulk_create(
        Contribution(reference=record, person=people[name], role=role, position=place)
        for record, work in zip(records, works, strict=True)
        for role in ("author", "editor")
        for place, name in enumerate(getattr(work, role), start=1)
    )


if __name__ == "__main__":
    main()
